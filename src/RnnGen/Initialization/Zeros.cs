using RnnGen.Kernels;

namespace RnnGen.Initialization;

/// <summary>Zero everywhere.</summary>
public sealed class Zeros : IInitializer
{
    /// <inheritdoc/>
    public void Fill(Span<double> values, int rows, int columns, CounterRandom random)
    {
        MatrixShape.Check(values, rows, columns);
        values.Clear();
    }
}
