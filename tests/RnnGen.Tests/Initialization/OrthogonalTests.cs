using RnnGen.Initialization;
using RnnGen.Kernels;

namespace RnnGen.Tests.Initialization;

public sealed class OrthogonalTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(7, 7)]
    [InlineData(64, 64)]
    [InlineData(33, 13)]
    [InlineData(13, 33)]
    [InlineData(1, 7)]
    [InlineData(7, 1)]
    public void Fill_AnyShape_HasOrthonormalRowsOrColumns(int rows, int columns)
    {
        const double gain = 0.5;
        double[] matrix = InitializerTests.Filled(new Orthogonal { Gain = gain }, rows, columns);
        bool tall = rows >= columns;
        int vectors = Math.Min(rows, columns);
        for (int i = 0; i < vectors; i++)
        {
            for (int j = 0; j < vectors; j++)
            {
                double product = 0;
                for (int k = 0; k < Math.Max(rows, columns); k++)
                {
                    product += tall
                        ? matrix[(k * columns) + i] * matrix[(k * columns) + j]
                        : matrix[(i * columns) + k] * matrix[(j * columns) + k];
                }

                Assert.Equal(i == j ? gain * gain : 0, product, Tolerances.Orthogonality);
            }
        }
    }

    [Fact]
    public void Fill_FourByThree_EqualsNumPyWithSignsCorrected()
    {
        // numpy.linalg.qr of the same normal numbers, each column times the sign of R's diagonal.
        double[] expected =
        [
            0.5161859941539129, -0.08519588512170412, 0.5242548544490325,
            0.16570085904866552, -0.056803135271655376, 0.706466653876452,
            -0.7390371942294117, -0.5283152767088626, 0.351059192072484,
            0.3998990751369522, -0.8428511335803478, -0.3206542658513179,
        ];
        double[] actual = InitializerTests.Filled(new Orthogonal(), 4, 3);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerances.NumPyFactorization);
        }
    }

    [Fact]
    public void Fill_Wide_IsTheTransposeOfTall()
    {
        double[] tall = InitializerTests.Filled(new Orthogonal(), 5, 3);
        double[] wide = InitializerTests.Filled(new Orthogonal(), 3, 5);
        Assert.Equal(Enumerable.Range(0, 15).Select(i => tall[(i % 5 * 3) + (i / 5)]), wide);
    }

    [Fact]
    public void Fill_ManyTimes_IsUniformOverTheOrthogonalGroup()
    {
        // For a uniform 3 × 3 matrix every entry has mean 0 and mean square 1/3, and the trace has mean square 1.
        const int draws = 5000;
        var random = new CounterRandom(6);
        double[] matrix = new double[9];
        double[] sums = new double[9];
        double traceSquares = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            new Orthogonal().Fill(matrix, 3, 3, random);
            for (int i = 0; i < 9; i++)
            {
                sums[i] += matrix[i];
            }

            traceSquares += Math.Pow(matrix[0] + matrix[4] + matrix[8], 2);
        }

        double sigmas = Tolerances.Sigmas / Math.Sqrt(draws);
        Assert.All(sums, sum => Assert.Equal(0, sum / draws, sigmas / Math.Sqrt(3)));

        // Its fourth moment is 3, so the variance of its square is 2.
        Assert.Equal(1, traceSquares / draws, sigmas * Math.Sqrt(2));
    }
}
