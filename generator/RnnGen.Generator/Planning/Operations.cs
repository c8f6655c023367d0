using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>One step of a pass over a batch. All workers run it, each its share.</summary>
/// <param name="Method">Name of the emitted method.</param>
/// <param name="Comment">What it computes, with shapes.</param>
internal abstract record PassOperation(string Method, string Comment)
{
    /// <summary>The axis whose rows it goes over.</summary>
    public int Axis { get; init; }

    /// <summary>
    /// Every place whose rows it reads or writes, in its own name or within: what lies there is alive until the last
    /// operation that names it.
    /// </summary>
    public abstract IEnumerable<Address> Places { get; }
}

/// <summary>
/// Works on any range of rows, each for itself: who calls it cuts the rows, among workers or step by step. Of rows of
/// its own kind it reads and writes those of its range alone.
/// </summary>
internal abstract record RowOperation(string Method, string Comment) : PassOperation(Method, Comment)
{
    /// <summary>Which rows it goes over.</summary>
    public abstract RowKind Range { get; }
}

/// <summary>
/// Adds up something over all rows, once they are all there: gradients of weights, which no other operation of a pass
/// reads. Workers share the sums, never the rows, so that each is added up in one order whatever their number.
/// </summary>
internal abstract record SumOperation(string Method, string Comment) : PassOperation(Method, Comment);

/// <summary>Rows of a table, chosen by the tokens.</summary>
internal sealed record GatherRows(
    string Method, string Comment, FeedPlan Tokens, NamedOffset Table, int TableStride, RowBuffer Target)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Target.Start];

    public override RowKind Range => Target.Rows;
}

/// <summary>Adds rows of gradients to the rows of a table that the tokens choose.</summary>
internal sealed record ScatterRows(
    string Method, string Comment, FeedPlan Tokens, NamedOffset Table, int TableStride, int TableRows,
    RowBuffer Gradient)
    : SumOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Gradient.Start];
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

/// <summary>One of the matrices that the same rows are multiplied with.</summary>
/// <param name="Blocks">How it is cut.</param>
internal sealed record RowProduct(PanelMatrix Matrix, ProductTarget Target, MatrixBlocks Blocks);

/// <summary>Rows that are multiplied with a matrix: each is some segments of equal length.</summary>
/// <param name="Start">The first number of row 0.</param>
internal sealed record MatrixOperand(
    Address Start, NamedNumber RowStride, int Segments, int SegmentLength, NamedNumber SegmentStride)
{
    /// <summary>Numbers of a row that a product takes together: a whole segment, where there are several.</summary>
    public int Unit => Segments > 1 ? SegmentLength : 1;
}

/// <summary>Where a product's panels go.</summary>
/// <param name="Start">The first number of row 0 of panel 0.</param>
/// <param name="BiasColumn">Where in a panel of the bias this product's columns start.</param>
internal sealed record ProductTarget(
    Address Start, NamedNumber PanelStride, NamedNumber RowStride, int BiasColumn = 0, int BiasPanelStride = 0);

/// <summary>What the sums of a product start from.</summary>
internal enum ProductStart
{
    Zero,
    Bias,

    /// <summary>What the target holds.</summary>
    Target,
}

/// <summary>The gradient of one weight matrix: rowsᵀ · gradients, summed over all packed rows.</summary>
/// <param name="Rows">The rows that were multiplied.</param>
/// <param name="Alignment">Which row belongs to a gradient row.</param>
/// <param name="Gradient">First number of row 0 of panel 0 of the gradients.</param>
/// <param name="CopiesPanels">
/// A panel of gradient rows is copied side by side before it is read again and again: only with rows aligned.
/// </param>
internal sealed record WeightGradient(
    string Method, string Comment, MatrixOperand Source, RowKind Rows, RowAlignment Alignment, PanelMatrix Matrix,
    Address Gradient, NamedNumber GradientPanelStride, NamedNumber GradientRowStride, bool CopiesPanels = false)
    : SumOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Source.Start, Gradient];
}

/// <summary>Which source row a gradient row meets.</summary>
internal enum RowAlignment
{
    Same,

    /// <summary>The same sequence's row one step before, counted from the initial rows.</summary>
    StepBefore,

    /// <summary>The same sequence's row one step later; for its last step, its initial row.</summary>
    StepAfter,
}

/// <summary>target = bias + rows · weightsᵀ, for few results.</summary>
/// <param name="Bias">Null for zeros.</param>
internal sealed record MultiplyNarrow(
    string Method, string Comment, RowBuffer Source, NarrowMatrix Matrix, NamedOffset? Bias, RowBuffer Target)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Source.Start, Target.Start];

    public override RowKind Range => Source.Rows;
}

/// <summary>The gradient of the rows that <see cref="MultiplyNarrow"/> takes.</summary>
internal sealed record NarrowInputGradient(
    string Method, string Comment, RowBuffer Gradient, NarrowMatrix Matrix, RowBuffer Target, bool Adds = false)
    : RowOperation(Method, Comment), IGradientWriter
{
    public override IEnumerable<Address> Places => [Gradient.Start, Target.Start];

    public override RowKind Range => Target.Rows;

    public IEnumerable<RowBuffer> Gradients => [Target];

    public PassOperation Adding(bool[] adds) => this with { Adds = adds[0] };
}

/// <summary>The gradient of the weights that <see cref="MultiplyNarrow"/> takes.</summary>
internal sealed record NarrowWeightGradient(
    string Method, string Comment, RowBuffer Source, RowBuffer Gradient, NarrowMatrix Matrix)
    : SumOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Source.Start, Gradient.Start];
}

/// <summary>Sums of gradient rows: the gradient of a bias or of a weight vector.</summary>
/// <param name="Vectors">Vectors in a panel's row.</param>
internal sealed record SumRows(
    string Method, string Comment, RowKind Rows, Address Source, int Panels, NamedNumber SourcePanelStride,
    NamedNumber SourceRowStride, int Vectors, NamedOffset Target, int TargetVectors) : SumOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Source];
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

    public override RowKind Range => Values[0].Rows;

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

    public override RowKind Range => Target.Rows;
}

/// <summary>Copies columns of rows into columns of others.</summary>
/// <param name="IsGradient">What is written is a gradient.</param>
internal sealed record CopyRows(
    string Method, string Comment, RowBuffer Source, RowBuffer Target, EquatableArray<ColumnRun> Runs,
    bool IsGradient = false, bool Adds = false)
    : RowOperation(Method, Comment), IGradientWriter
{
    public override IEnumerable<Address> Places => [Source.Start, Target.Start];

    public override RowKind Range => Target.Rows;

    public IEnumerable<RowBuffer> Gradients => IsGradient ? [Target] : [];

    public PassOperation Adding(bool[] adds) => this with { Adds = adds is [true] };

    /// <summary>
    /// Columns of the target that nothing is copied to: a gradient that is stored has zeros there, since what reads it
    /// takes whole vectors.
    /// </summary>
    public IEnumerable<ColumnRun> Gaps
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
internal sealed record ColumnRun(int From, int To, int Width);

/// <summary>One row per sequence out of its rows at every step.</summary>
/// <param name="Reverse">Columns whose last row is that of the first step.</param>
internal sealed record PoolRows(
    string Method, string Comment, PoolKind Kind, EquatableArray<ColumnRun> Reverse, RowBuffer Source, RowBuffer Target,
    RowBuffer? Steps)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => Steps is null ? [Source.Start, Target.Start] : [Source.Start, Target.Start, Steps.Start];

    public override RowKind Range => RowKind.PerSequence;
}

/// <summary>The gradient of <see cref="PoolRows"/>.</summary>
internal sealed record PoolRowsBackward(
    string Method, string Comment, PoolKind Kind, EquatableArray<ColumnRun> Reverse, RowBuffer Source, RowBuffer Target,
    RowBuffer? Steps,
    bool Adds = false)
    : RowOperation(Method, Comment), IGradientWriter
{
    public override IEnumerable<Address> Places => Steps is null ? [Source.Start, Target.Start] : [Source.Start, Target.Start, Steps.Start];

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

/// <summary>The loss of each output row, and its gradient in the row's place.</summary>
/// <param name="Head">Which of the model's heads it judges.</param>
/// <param name="Target">What it compares the rows with.</param>
internal sealed record LossRows(
    string Method, string Comment, LossSpec Loss, int Head, FeedPlan Target, RowBuffer Outputs, RowBuffer Gradient)
    : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Outputs.Start, Gradient.Start];

    public override RowKind Range => Outputs.Rows;
}

/// <summary>A way through time, forward or backward. Workers share the sequences and follow them to their ends.
/// </summary>
internal sealed record LoopOperation(string Method, string Comment, LoopPlan Loop, bool IsBackward)
    : PassOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => Loop.Places(IsBackward);

    /// <summary>
    /// Rows of gradients, handed from step to step, that somebody has written before: the loop starts from them, and
    /// not from zeros.
    /// </summary>
    public EquatableArray<Address> Given { get; init; } = EquatableArray<Address>.Empty;
}

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

/// <summary>Writes a bias into columns that no product of the inputs starts.</summary>
/// <param name="Bias">Null for zeros.</param>
internal sealed record FillRows(
    string Method, string Comment, Address Target, int Panels, NamedNumber PanelStride, NamedNumber RowStride,
    int Vectors, NamedOffset? Bias, int BiasColumn, int BiasPanelStride) : RowOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Target];

    public override RowKind Range => RowKind.PerStep;
}

/// <summary>
/// Copies a weight matrix into its transposed panels. The columns of the source's panels are the rows of the target:
/// panel after panel, <paramref name="SegmentLength"/> rows apart, from <paramref name="SegmentRow"/> on.
/// </summary>
/// <param name="Width">Rows of the source in one segment of the target's columns.</param>
/// <param name="SegmentStride">Columns of the target from one segment to the next.</param>
internal sealed record TransposePanels(
    PanelMatrix Source, PanelMatrix Target, int SegmentLength, int SegmentRow, int Width, int Segments,
        int SegmentStride);
