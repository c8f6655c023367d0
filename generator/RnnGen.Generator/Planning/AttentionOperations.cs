using RnnGen.Generator.Equations;

namespace RnnGen.Generator.Planning;

/// <summary>What attention reads and writes.</summary>
internal sealed record AttentionPlan
{
    /// <summary>The axis whose rows are attended to.</summary>
    public required AxisPlan From { get; init; }

    /// <summary>A row asks by its query.</summary>
    public required RowBuffer Query { get; init; }

    /// <summary>What queries are compared with, a row for each of <see cref="Memory"/>, or these themselves.</summary>
    public required RowBuffer Keys { get; init; }

    /// <summary>The rows that are attended to.</summary>
    public required RowBuffer Memory { get; init; }

    /// <summary>The weights of the rows that are attended to: scores, then their softmax.</summary>
    public required RowBuffer Weights { get; init; }

    /// <summary>The weighted sums of rows.</summary>
    public required RowBuffer Context { get; init; }

    /// <summary>The learned numbers of the score's units; null for none.</summary>
    public required NamedOffset? ScoreWeights { get; init; }

    /// <summary>The score of a query and a key.</summary>
    public required RowProgram Score { get; init; }

    /// <summary>What scores are multiplied with.</summary>
    public required double Scale { get; init; }

    public IEnumerable<Address> Places =>
        [Query.Start, Keys.Start, Memory.Start, Weights.Start, Context.Start];
}

/// <summary>
/// Attention of each row to the rows of its sequence's partner: the softmax of their scores, and the sum of those rows
/// by these weights.
/// </summary>
internal sealed record AttendRows(string Method, string Comment, AttentionPlan Attention)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => Attention.Places;

    public override RowKind Range => RowKind.PerStep;
}

/// <summary>
/// The gradient of <see cref="AttendRows"/>. The gradients of keys and memory are added to: each row has one partner's
/// rows alone, in the order of their steps, so that any number of workers gives the same bits.
/// </summary>
/// <param name="Program">What units of query, key and weights add to their gradients.</param>
/// <param name="MemoryGradient">Null where nobody asks for it.</param>
/// <param name="Slopes">The gradients of the weights.</param>
/// <param name="ScoreWeightParts">What the gradient of the score's weights receives from each row.</param>
/// <param name="Range">Rows of a step, within a loop; else sequences with all their steps.</param>
internal sealed record AttendGradient(
    string Method, string Comment, AttentionPlan Attention, EquationProgram Program, RowBuffer ContextGradient,
    RowBuffer QueryGradient, RowBuffer KeyGradient, RowBuffer? MemoryGradient, RowBuffer Slopes,
    RowBuffer? ScoreWeightParts,
    RowKind Range, bool Adds = false)
    : RowOperation(Method, Comment), IGradientWriter
{
    public override RowKind Range { get; } = Range;

    public override IEnumerable<Address> Places =>
    [
        .. Attention.Places,
        .. new[] { ContextGradient, QueryGradient, KeyGradient, MemoryGradient, Slopes, ScoreWeightParts }
            .Where(rows => rows is not null)
            .Select(rows => rows!.Start),
    ];

    public IEnumerable<RowBuffer> Gradients => [QueryGradient];

    public PassOperation Adding(bool[] adds) => this with { Adds = adds is [true] };
}

/// <summary>Rows of the step before, in a loop: of the first step the initial ones.</summary>
/// <param name="Source">The initial rows, behind which those of the steps lie.</param>
internal sealed record ShiftRows(string Method, string Comment, RowBuffer Source, RowBuffer Target)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Source.Start, Target.Start];

    public override RowKind Range => RowKind.PerStep;
}

/// <summary>The gradient of <see cref="ShiftRows"/>, added to what the step before is handed.</summary>
/// <param name="Source">The gradient of the rows of this step.</param>
/// <param name="Target">
/// The gradient handed from step to step, one row per sequence; or the gradient of the initial rows, behind which those
/// of the steps lie.
/// </param>
/// <param name="IsCarried">Whether it is the former.</param>
/// <param name="Adds">Whether it holds a part of the gradient already.</param>
internal sealed record ShiftGradient(
    string Method, string Comment, RowBuffer Source, RowBuffer Target, bool IsCarried, bool Adds)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Source.Start, Target.Start];

    public override RowKind Range => RowKind.PerStep;
}

/// <summary>What the step after sends to rows that it reads: added to their gradient, within a loop.</summary>
/// <param name="Carried">One row per sequence, handed from step to step.</param>
internal sealed record AddCarried(string Method, string Comment, RowBuffer Carried, RowBuffer Target)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Carried.Start, Target.Start];

    public override RowKind Range => RowKind.PerStep;
}

/// <summary>The weights of an attention layer, as users may read them.</summary>
/// <param name="Name">The layer's name in its stack.</param>
/// <param name="Axis">The axis of those that attend.</param>
/// <param name="From">The axis that they attend to.</param>
internal sealed record AttentionView(string Name, AxisPlan Axis, AxisPlan From, RowBuffer Weights);
