namespace RnnGen.Initialization;

/// <summary>The check that every initializer begins with.</summary>
internal static class MatrixShape
{
    public static void Check(ReadOnlySpan<double> values, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentException(
                $"A matrix of {rows} x {columns} needs {(long)rows * columns} values, not {values.Length}.",
                nameof(values));
        }
    }
}
