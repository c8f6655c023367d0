namespace RnnGen.Generator.Planning;

/// <summary>Adds rows of gradients to the rows of a table that the tokens choose.</summary>
internal sealed record ScatterRows(
    string Method, string Comment, FeedPlan Tokens, NamedOffset Table, int TableStride, int TableRows,
    RowBuffer Gradient)
    : SumOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => [Gradient.Start];
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
