namespace RnnGen.Generator.Planning;

/// <summary>Starts the sequences of an axis from what their partners on another axis ended in.</summary>
/// <param name="From">The other axis.</param>
/// <param name="Source">The state after each step there.</param>
/// <param name="IsReverse">There sequences end at their first step.</param>
/// <param name="Target">The initial rows.</param>
internal sealed record JoinStates(
    string Method, string Comment, AxisPlan From, RowBuffer Source, bool IsReverse, RowBuffer Target)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Source.Start, Target.Start];

    public override RowKind Range => RowKind.PerSequence;
}

/// <summary>The gradient of <see cref="JoinStates"/>: each sequence has one partner, so nothing is added.</summary>
/// <param name="Source">Gradient of the initial rows.</param>
/// <param name="Target">Gradient of what the partners ended in.</param>
internal sealed record JoinGradients(
    string Method, string Comment, AxisPlan From, RowBuffer Source, RowBuffer Target)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Source.Start, Target.Start];

    public override RowKind Range => RowKind.PerSequence;
}
