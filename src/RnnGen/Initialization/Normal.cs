using RnnGen.Kernels;

namespace RnnGen.Initialization;

/// <summary>Independent numbers of a normal distribution.</summary>
public sealed class Normal : ISequentialInitializer
{
    /// <summary>Mean of the distribution: finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is infinite or NaN.</exception>
    public double Mean
    {
        get;
        init => field = OptionRange.Finite(value);
    }

    /// <summary>Standard deviation of the distribution: 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double StandardDeviation
    {
        get;
        init => field = OptionRange.AtLeastZero(value);
    } = 1;

    /// <inheritdoc/>
    public void Fill(Span<double> values, int rows, int columns, CounterRandom random)
    {
        MatrixShape.Check(values, rows, columns);
        ((ISequentialInitializer)this).FillNext(values, rows, columns, random);
    }

    void ISequentialInitializer.FillNext(Span<double> piece, int rows, int columns, CounterRandom random)
    {
        foreach (ref double value in piece)
        {
            value = Mean + (StandardDeviation * random.NextNormal());
        }
    }
}
