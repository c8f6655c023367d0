using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>A tensor as weight files know it.</summary>
internal sealed record TensorPlan(string Name, EquatableArray<int> Shape, EquatableArray<TensorPartPlan> Parts);

/// <summary>Rows of a tensor that lie together in one layout.</summary>
/// <param name="Negated">The file's numbers have the other sign.</param>
/// <param name="IsAddend">The file's numbers are added to those of another tensor.</param>
internal sealed record TensorPartPlan(
    int FirstRow, int Rows, int Columns, TensorLayout Layout, InitialValues Initial, bool Negated = false,
    bool IsAddend = false);

/// <summary>Where a tensor's numbers lie among the parameters.</summary>
internal abstract record TensorLayout(NamedOffset Place);

/// <summary>Row after row.</summary>
internal sealed record RowLayout(NamedOffset Place, int Stride) : TensorLayout(Place);

/// <summary>In the columns of a matrix in panels.</summary>
/// <param name="Slots">Column vectors that stand side by side for one block of units.</param>
/// <param name="Slot">Which of them the tensor's rows are.</param>
internal sealed record PanelLayout(
    NamedOffset Place, int Depth, int Vectors, int PanelVectors, int Lanes, int Slots, int Slot) : TensorLayout(Place)
{
    public static PanelLayout Of(PanelMatrix matrix, int slots, int slot) => new(
        matrix.Place, matrix.Depth, matrix.Vectors, matrix.PanelVectors, matrix.Lanes, slots, slot);
}

/// <summary>What fills a new model's numbers.</summary>
/// <param name="Value">For <see cref="InitialKind.Constant"/>.</param>
internal sealed record InitialValues(InitialKind Kind, double Value = 0)
{
    public static InitialValues Zero { get; } = new(InitialKind.Zero);
}

/// <summary>The runtime has a class of the same name for each but zero.</summary>
internal enum InitialKind
{
    Zero,
    Constant,
    Normal,
    Orthogonal,
    XavierUniform,
}
