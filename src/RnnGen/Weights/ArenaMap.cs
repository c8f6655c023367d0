namespace RnnGen.Weights;

/// <summary>Says where each number of a part of a tensor lies in a model's parameter arena.</summary>
public abstract class ArenaMap
{
    /// <summary>The place in the arena of one number of the part.</summary>
    /// <param name="row">Row inside the part, from 0.</param>
    /// <param name="column">Column inside the part, from 0.</param>
    /// <returns>An index into the arena, in numbers.</returns>
    public abstract int IndexOf(int row, int column);

    /// <summary>Numbers in the arena from one column of a row to the next; the same all along the row.</summary>
    /// <param name="row">Row inside the part, from 0.</param>
    public abstract int ColumnStride(int row);
}
