using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>One layer's part of a streaming step: one input, one sequence, no batch.</summary>
/// <param name="Source">The input.</param>
internal abstract record StepOperation(string Method, string Comment, StepRow Source);

/// <summary>Where a streaming step finds a row.</summary>
/// <param name="Start">Its first number, or that of the first token's row.</param>
/// <param name="TokenStride">Numbers from one token's row to the next; 0 where the token does not choose it.</param>
internal sealed record StepRow(Address Start, int TokenStride = 0)
{
    /// <summary>
    /// It lies in the streaming state, padded to whole vectors; else only its own numbers may be read, and it must not
    /// leave the model.
    /// </summary>
    public bool IsInState => Start.Arena == MemoryArena.State;
}

/// <summary>A recurrent layer's step.</summary>
/// <param name="States">Old and new value of each state in the streaming state.</param>
/// <param name="Kept">For each slot and saved value that a later stage reads, its place in the streaming state.</param>
/// <param name="Bias">Null for zeros.</param>
internal sealed record StepRecurrence(
    string Method, string Comment, RecurrencePlan Layer, StepRow Source, EquatableArray<StepStage> Stages,
    EquatableArray<StepState> States, EquatableArray<StepPlace> Kept, NamedOffset? Bias)
    : StepOperation(Method, Comment, Source);

/// <param name="New">The old value's own place where nobody needs the old one any more.</param>
/// <param name="TakesOver">Whether the new value becomes the old one as it is.</param>
internal sealed record StepState(NamedOffset Old, NamedOffset New, bool TakesOver = true);

/// <summary>Where a value lies between the stages of a step.</summary>
internal sealed record StepPlace(ValuePlace Place, NamedOffset Offset);

/// <summary>
/// The weights of one stage in the order in which a step uses them: for each group of unit blocks the biases or zeros,
/// then row by row the input weights, then the recurrent ones.
/// </summary>
/// <param name="Chains">
/// Sums that each result is cut into, number k of an operand going to sum k mod Chains: of few results, each would wait
/// for its last addition.
/// </param>
/// <param name="Turn">
/// Tells whether the groups are walked from the last to the first this time; null where they never are.
/// </param>
internal sealed record StepStage(
    int Stage, NamedOffset Weights, EquatableArray<int> Slots, int GroupBlocks, int Chains,
    EquatableArray<StepFactor> Factors, NamedOffset? Turn)
{
    // Rows of an operand that are worth a loop whose length is a variable.
    private const int LeastJoinedDepth = 16;

    /// <summary>Additions under way at once that hide the latency of one.</summary>
    public const int WantedSums = 8;

    private const int WidestVector = 16;

    // In single numbers: 32 KB, 40 KB and 1 MB. First-level caches hold 32 KB or 48 KB.
    private const int FirstCache = 8 * 1024;
    private const int LargestGroup = 10 * 1024;
    private const int SecondCache = 128 * 1024;

    /// <summary>
    /// Whether a stage is better taken in narrow groups of units, walked to and fro: its weights exceed a cache, but a
    /// group stays in it until it is read again.
    /// </summary>
    /// <param name="numbers">Weights of all units.</param>
    public static bool SuitNarrowGroups(int size, long numbers) =>
        numbers > SecondCache || (numbers > FirstCache && numbers * WidestVector / size < LargestGroup);

    /// <summary>
    /// Chains for some results of a layer's units: a rule of sizes alone, so that a step's results are the same bits on
    /// every target.
    /// </summary>
    public static int ChainsFor(int results, int size, bool inNarrowGroups)
    {
        long sums = results * (inNarrowGroups ? 1L : ((size - 1) / WidestVector) + 1);
        return sums >= WantedSums ? 1 : sums >= WantedSums / 2 ? 2 : 4;
    }

    /// <summary>
    /// Whether one loop takes all operands, one after the other. Weights beyond the first cache then are one stream of
    /// the same instructions, and the processor fetches ahead without a pause.
    /// </summary>
    /// <param name="units">Units of the layer.</param>
    public bool IsJoined(int units) => Factors.Count > 1 && Chains == 1
        && Factors.All(factor => factor.Depth >= LeastJoinedDepth && factor.Slots.Equals(Factors[0].Slots))
        && GroupLength(1, units) > FirstCache;

    /// <summary>Numbers that a group of so many blocks takes.</summary>
    public int GroupLength(int blocks, int lanes) =>
        blocks * lanes * (Slots.Count + Factors.Sum(factor => factor.Depth * factor.Slots.Count));
}

/// <summary>One operand of a stage's products and the slots that it adds to.</summary>
/// <param name="Operand">Index of the recurrent operand; -1 for the input.</param>
internal sealed record StepFactor(int Operand, int Depth, EquatableArray<int> Slots, EquatableArray<StepRun> Runs);

/// <summary>Where the weights of a run of slots are copied from.</summary>
internal sealed record StepRun(PanelMatrix Matrix, int FirstSlot, int Slots);

/// <summary>A dense layer's step.</summary>
/// <param name="Bias">Null for zeros.</param>
internal sealed record StepDense(
    string Method, string Comment, StepRow Source, PanelMatrix Matrix, NamedOffset? Bias, NamedOffset Weights,
    int GroupVectors, int Chains, NamedOffset Target, EquationProgram? Activation)
    : StepOperation(Method, Comment, Source);

/// <summary>The step of a <see cref="NarrowMatrix"/>'s layer.</summary>
/// <param name="Bias">Null for zeros.</param>
internal sealed record StepNarrowDense(
    string Method, string Comment, StepRow Source, NarrowMatrix Matrix, NamedOffset? Bias, NamedOffset Target,
    EquationProgram? Activation)
    : StepOperation(Method, Comment, Source);

/// <summary>Keeps the mean or the maximum of a stream's rows so far.</summary>
internal sealed record StepPool(
    string Method, string Comment, PoolKind Kind, StepRow Source, int Size, NamedOffset Target, NamedOffset Count)
    : StepOperation(Method, Comment, Source);

/// <summary>Copies a row into the streaming state.</summary>
internal sealed record StepCopy(string Method, string Comment, StepRow Source, int Size, Address Target)
    : StepOperation(Method, Comment, Source);

/// <summary>The step of a <see cref="RowEquations"/>' layer that is pointwise.</summary>
/// <param name="Sources">The inputs, in the streaming state.</param>
internal sealed record StepMap(
    string Method, string Comment, EquatableArray<StepRow> Sources, NamedOffset Target, int Size,
    EquationProgram Program)
    : StepOperation(Method, Comment, Sources[0]);

/// <summary>The step of a <see cref="RowEquations"/>' layer whose units meet.</summary>
/// <param name="Sources">The inputs, in the streaming state.</param>
/// <param name="Weights">The learned vectors.</param>
internal sealed record StepEvaluation(
    string Method, string Comment, EquatableArray<StepRow> Sources, NamedOffset Target, int Size,
    EquatableArray<NamedOffset> Weights, RowProgram Program)
    : StepOperation(Method, Comment, Sources[0]);
