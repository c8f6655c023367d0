namespace RnnGen.Generator.Planning;

/// <summary>Starts the sequences of an axis from what their partners on another axis ended in.</summary>
/// <param name="From">The other axis.</param>
/// <param name="Source">The state after each step there.</param>
/// <param name="IsReverse">There sequences end at their first step.</param>
/// <param name="Target">The initial rows.</param>
/// <param name="Part">Their columns, where several states come side by side; null for all.</param>
internal sealed record JoinStates(
    string Method, string Comment, AxisPlan From, RowBuffer Source, bool IsReverse, RowBuffer Target,
    ColumnRun? Part = null)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Source.Start, Target.Start];

    public override RowKind Range => RowKind.PerSequence;
}

/// <summary>The gradient of <see cref="JoinStates"/>: each sequence has one partner.</summary>
/// <param name="From">The other axis.</param>
/// <param name="Source">Gradient of the initial rows.</param>
/// <param name="Target">
/// Gradient of what the partners ended in: one row per sequence, or those of all their steps, of which the last get it.
/// </param>
/// <param name="IsReverse">There sequences end at their first step.</param>
/// <param name="Part">The columns of the initial rows, where several states are side by side; null for all.</param>
/// <param name="Adds">Whether somebody has written those of all steps before.</param>
internal sealed record JoinGradients(
    string Method, string Comment, AxisPlan From, RowBuffer Source, RowBuffer Target, bool IsReverse,
    ColumnRun? Part = null, bool Adds = false)
    : RowOperation(Method, Comment), IGradientWriter
{
    public override IEnumerable<Address> Places => [Source.Start, Target.Start];

    public override RowKind Range => RowKind.PerSequence;

    /// <summary>Whether the target is what the partners hand from step to step, which starts there.</summary>
    public bool IsCarried => Target.Kind == RowKind.PerSequence;

    public IEnumerable<RowBuffer> Gradients => IsCarried ? [] : [Target];

    public PassOperation Adding(bool[] adds) => this with { Adds = adds is [true] };
}

/// <summary>The gradient of rows that only states are read of: zeros, where no state has sent any.</summary>
internal sealed record ClearRows(string Method, string Comment, RowBuffer Target)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Target.Start];

    public override RowKind Range => Target.Kind;
}
