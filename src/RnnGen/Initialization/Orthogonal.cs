using System.Buffers;
using RnnGen.Kernels;

namespace RnnGen.Initialization;

/// <summary>
/// A random orthogonal matrix, after Saxe, McClelland and Ganguli (2013): keeps the length of what it multiplies, and
/// so signals and gradients through many steps. Uniform over all such matrices. Where rows and columns differ, the
/// fewer of them are of length 1 and at right angles.
/// </summary>
public sealed class Orthogonal : IInitializer
{
    /// <summary>What the matrix is multiplied by: above 0.</summary>
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
        int height = Math.Max(rows, columns);
        int width = Math.Min(rows, columns);
        double[] normal = ArrayPool<double>.Shared.Rent(values.Length);
        try
        {
            var matrix = normal.AsSpan(0, values.Length);
            foreach (ref double value in matrix)
            {
                value = random.NextNormal();
            }

            HouseholderBasis.Orthonormalize(matrix, height, width);
            for (int i = 0; i < height; i++)
            {
                for (int j = 0; j < width; j++)
                {
                    values[rows >= columns ? (i * width) + j : (j * height) + i] = Gain * matrix[(i * width) + j];
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(normal);
        }
    }
}
