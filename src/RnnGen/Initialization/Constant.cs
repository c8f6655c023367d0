using RnnGen.Kernels;

namespace RnnGen.Initialization;

/// <summary>The same number everywhere.</summary>
/// <param name="value">The number: finite.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is infinite or NaN.</exception>
public sealed class Constant(double value) : ISequentialInitializer
{
    /// <summary>The number.</summary>
    public double Value { get; } = OptionRange.Finite(value, nameof(value));

    /// <inheritdoc/>
    public void Fill(Span<double> values, int rows, int columns, CounterRandom random)
    {
        MatrixShape.Check(values, rows, columns);
        ((ISequentialInitializer)this).FillNext(values, rows, columns, random);
    }

    void ISequentialInitializer.FillNext(Span<double> piece, int rows, int columns, CounterRandom random)
    {
        piece.Fill(Value);
    }
}
