using RnnGen.Kernels;

namespace RnnGen.Initialization;

/// <summary>
/// Uniform numbers in ±gain · √(6 / (fan-in + fan-out)), after Glorot and Bengio (2010): keeps the variance of signals
/// and of gradients from layer to layer.
/// </summary>
public sealed class XavierUniform : ISequentialInitializer
{
    /// <summary>What the range is multiplied by: above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, or infinite.</exception>
    public double Gain
    {
        get;
        init => field = OptionRange.AboveZero(value);
    } = 1;

    /// <inheritdoc/>
    public void Fill(Span<double> values, int rows, int columns, CounterRandom random)
    {
        MatrixShape.Check(values, rows, columns);
        ((ISequentialInitializer)this).FillNext(values, rows, columns, random);
    }

    void ISequentialInitializer.FillNext(Span<double> piece, int rows, int columns, CounterRandom random)
    {
        double end = Gain * Math.Sqrt(6.0 / ((double)rows + columns));
        foreach (ref double value in piece)
        {
            value = random.NextUniform(-end, end);
        }
    }
}
