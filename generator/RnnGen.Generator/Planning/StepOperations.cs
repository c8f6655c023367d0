using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>One layer's part of a streaming step: one input, one sequence, no batch.</summary>
/// <param name="Source">The input's first number, as C#.</param>
internal abstract record StepOperation(string Method, string Comment, string Source);

/// <summary>Where a streaming step finds a row.</summary>
/// <param name="Start">Its first number, as C#.</param>
/// <param name="IsInState">
/// It lies in the streaming state, padded to whole vectors; else only its own numbers may be read, and it must not
/// leave the model.
/// </param>
internal sealed record StepRow(string Start, bool IsInState)
{
    /// <summary>For models that do not stream.</summary>
    public static StepRow None { get; } = new("", IsInState: false);

    public static StepRow InState(NamedOffset place) => new("state + " + place.Name, IsInState: true);
}

/// <summary>A recurrent layer's step.</summary>
/// <param name="States">Old and new value of each state in the streaming state.</param>
/// <param name="Kept">For each slot and saved value that a later stage reads, its place in the streaming state.</param>
internal sealed record StepRecurrence(
    string Method, string Comment, RecurrencePlan Layer, string Source, EquatableArray<StepStage> Stages,
    EquatableArray<StepState> States, EquatableArray<StepPlace> Kept, NamedOffset Bias)
    : StepOperation(Method, Comment, Source);

internal sealed record StepState(NamedOffset Old, NamedOffset New);

/// <summary>Where a value lies between the stages of a step.</summary>
internal sealed record StepPlace(ValuePlace Place, NamedOffset Offset);

/// <summary>
/// The weights of one stage in the order in which a step uses them: for each group of unit blocks the biases, then row
/// by row the input weights, then the recurrent ones.
/// </summary>
internal sealed record StepStage(
    int Stage, NamedOffset Weights, EquatableArray<int> Slots, int GroupBlocks, EquatableArray<StepFactor> Factors)
{
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
internal sealed record StepDense(
    string Method, string Comment, string Source, PanelMatrix Matrix, NamedOffset Bias, NamedOffset Weights,
    int GroupVectors, NamedOffset Target, EquationProgram? Activation)
    : StepOperation(Method, Comment, Source);

/// <summary>Keeps the mean or the maximum of a stream's rows so far.</summary>
internal sealed record StepPool(
    string Method, string Comment, PoolKind Kind, string Source, int Size, NamedOffset Target, NamedOffset Count)
    : StepOperation(Method, Comment, Source);

/// <summary>Copies a row into the streaming state.</summary>
internal sealed record StepCopy(string Method, string Comment, string Source, int Size, NamedOffset Target)
    : StepOperation(Method, Comment, Source);
