using RnnGen.Cells;

namespace RnnGen;

/// <summary>A recurrent layer whose equations are those of <typeparamref name="TCell"/>.</summary>
/// <typeparam name="TCell">The cell: one type that states its forward step.</typeparam>
/// <param name="size">Hidden units of one cell in one direction: 1 or more.</param>
public class RecurrentAttribute<TCell>(int size) : RecurrentAttribute(size)
    where TCell : ICell;
