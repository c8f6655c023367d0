using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Rows of a table, chosen by the tokens.</summary>
internal sealed record GatherRows(
    string Method, string Comment, FeedPlan Tokens, NamedOffset Table, int TableStride, RowBuffer Target)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Target.Start];

    public override RowKind Range => Target.Kind;
}

/// <summary>target = start + rows · matrix, for all packed rows at once.</summary>
/// <param name="Source">Left operand.</param>
/// <param name="Start">What the sums start from.</param>
/// <param name="Gradient">The rows that are written, where they are a gradient.</param>
internal sealed record MultiplyRows(
    string Method, string Comment, MatrixOperand Source, RowKind Rows,
    EquatableArray<RowProduct> Products, ProductStart Start, NamedOffset? Bias, RowBuffer? Gradient = null)
    : RowOperation(Method, Comment), IGradientWriter
{
    public override IEnumerable<Address> Places => [Source.Start, .. Products.Select(product => product.Target.Start)];

    public override RowKind Range => Rows;

    public IEnumerable<RowBuffer> Gradients => Gradient is null ? [] : [Gradient];

    public PassOperation Adding(bool[] adds) => adds is [true] ? this with { Start = ProductStart.Target } : this;
}

/// <summary>target = bias + rows · weightsᵀ, for few results.</summary>
/// <param name="Bias">Null for zeros.</param>
internal sealed record MultiplyNarrow(
    string Method, string Comment, RowBuffer Source, NarrowMatrix Matrix, NamedOffset? Bias, RowBuffer Target)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Source.Start, Target.Start];

    public override RowKind Range => Source.Kind;
}

/// <summary>The gradient of the rows that <see cref="MultiplyNarrow"/> takes.</summary>
internal sealed record NarrowInputGradient(
    string Method, string Comment, RowBuffer Gradient, NarrowMatrix Matrix, RowBuffer Target, bool Adds = false)
    : RowOperation(Method, Comment), IGradientWriter
{
    public override IEnumerable<Address> Places => [Gradient.Start, Target.Start];

    public override RowKind Range => Target.Kind;

    public IEnumerable<RowBuffer> Gradients => [Target];

    public PassOperation Adding(bool[] adds) => this with { Adds = adds[0] };
}

/// <summary>A pointwise program applied to rows that are laid out alike.</summary>
/// <param name="Values">Rows that <c>Saved</c> places of the program refer to.</param>
/// <param name="Written">Which of them are gradients that it writes.</param>
internal sealed record MapRows(
    string Method, string Comment, EquatableArray<RowBuffer> Values, EquationProgram Program,
    EquatableArray<int> Written)
    : RowOperation(Method, Comment), IGradientWriter
{
    public override IEnumerable<Address> Places => Values.Select(rows => rows.Start);

    public override RowKind Range => Values[0].Kind;

    public IEnumerable<RowBuffer> Gradients => Written.Select(index => Values[index]);

    public PassOperation Adding(bool[] adds)
    {
        int[] added = [.. Written.Where((_, i) => adds[i])];
        return this with
        {
            Program = Program with
            {
                Stores = Program.Stores
                    .Select(store => added.Contains(store.Place.Index) ? store with { Adds = true } : store)
                    .ToEquatableArray(),
            },
        };
    }
}

/// <summary>Copies rows and applies a dropout mask; without a source it applies the mask in place.</summary>
internal sealed record DropoutRows(
    string Method, string Comment, RowBuffer? Source, RowBuffer Target, double Rate, int Stream)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => Source is null ? [Target.Start] : [Source.Start, Target.Start];

    public override RowKind Range => Target.Kind;
}

/// <summary>Copies columns of rows into columns of others.</summary>
/// <param name="IsGradient">What is written is a gradient.</param>
internal sealed record CopyRows(
    string Method, string Comment, RowBuffer Source, RowBuffer Target, EquatableArray<ColumnRun> Runs,
    bool IsGradient = false, bool Adds = false)
    : RowOperation(Method, Comment), IGradientWriter
{
    public override IEnumerable<Address> Places => [Source.Start, Target.Start];

    public override RowKind Range => Target.Kind;

    public IEnumerable<RowBuffer> Gradients => IsGradient ? [Target] : [];

    public PassOperation Adding(bool[] adds) => this with { Adds = adds is [true] };

    /// <summary>
    /// Columns of the target that nothing is copied to, and are zeros, since what reads it takes whole vectors: all of
    /// a gradient that is stored; of other rows, which several may copy to, what lies behind the last column.
    /// </summary>
    public IEnumerable<ColumnRun> Gaps =>
        IsGradient ? Adds ? [] : AllGaps : AllGaps.Where(gap => gap.To == Target.Size && Target.Segments == 1);

    private IEnumerable<ColumnRun> AllGaps
    {
        get
        {
            int end = 0;
            foreach (ColumnRun run in Runs.OrderBy(run => run.To))
            {
                if (run.To > end)
                {
                    yield return new ColumnRun(end, end, run.To - end);
                }

                end = run.To + run.Width;
            }

            if (Target.Stride > end)
            {
                yield return new ColumnRun(end, end, Target.Stride - end);
            }
        }
    }
}

/// <summary>Columns that follow one another, in two rows.</summary>
internal sealed record ColumnRun(int From, int To, int Width)
{
    /// <summary>The way back, as gradients take it.</summary>
    public ColumnRun Reversed => new(To, From, Width);
}

/// <summary>The loss of each output row, and its gradient in the row's place.</summary>
/// <param name="Head">Which of the model's heads it judges.</param>
/// <param name="Target">What it compares the rows with.</param>
internal sealed record LossRows(
    string Method, string Comment, LossSpec Loss, int Head, FeedPlan Target, RowBuffer Outputs, RowBuffer Gradient)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Outputs.Start, Gradient.Start];

    public override RowKind Range => Outputs.Kind;
}

/// <summary>Writes a bias into columns that no product of the inputs starts.</summary>
/// <param name="Bias">Null for zeros.</param>
internal sealed record FillRows(
    string Method, string Comment, Address Target, int Panels, NamedNumber PanelStride, NamedNumber RowStride,
    int Vectors, NamedOffset? Bias, int BiasColumn, int BiasPanelStride) : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Target];

    public override RowKind Range => RowKind.PerStep;
}
