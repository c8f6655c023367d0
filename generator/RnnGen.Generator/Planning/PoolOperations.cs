using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>One row per sequence out of its rows at every step.</summary>
/// <param name="Reverse">Columns whose last row is that of the first step.</param>
internal sealed record PoolRows(
    string Method, string Comment, PoolKind Kind, EquatableArray<ColumnRun> Reverse, RowBuffer Source, RowBuffer Target,
    RowBuffer? Steps)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places =>
        Steps is null ? [Source.Start, Target.Start] : [Source.Start, Target.Start, Steps.Start];

    public override RowKind Range => RowKind.PerSequence;
}

/// <summary>The gradient of <see cref="PoolRows"/>.</summary>
internal sealed record PoolRowsBackward(
    string Method, string Comment, PoolKind Kind, EquatableArray<ColumnRun> Reverse, RowBuffer Source, RowBuffer Target,
    RowBuffer? Steps,
    bool Adds = false)
    : RowOperation(Method, Comment), IGradientWriter
{
    public override IEnumerable<Address> Places =>
        Steps is null ? [Source.Start, Target.Start] : [Source.Start, Target.Start, Steps.Start];

    public override RowKind Range => RowKind.PerSequence;

    public IEnumerable<RowBuffer> Gradients => [Source];

    public PassOperation Adding(bool[] adds) => this with { Adds = adds[0] };
}

internal enum PoolKind
{
    Last,
    Mean,
    Max,
}
