using RnnGen.Kernels;

namespace RnnGen.Initialization;

/// <summary>Zero everywhere.</summary>
public sealed class Zeros : ISequentialInitializer
{
    /// <inheritdoc/>
    public void Fill(Span<double> values, int rows, int columns, CounterRandom random)
    {
        MatrixShape.Check(values, rows, columns);
        ((ISequentialInitializer)this).FillNext(values, rows, columns, random);
    }

    void ISequentialInitializer.FillNext(Span<double> piece, int rows, int columns, CounterRandom random)
    {
        piece.Clear();
    }
}
