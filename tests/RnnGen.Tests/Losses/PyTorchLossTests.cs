using RnnGen.Kernels;
using RnnGen.Losses;

namespace RnnGen.Tests.Losses;

/// <summary>Values from PyTorch 2.6 in double: <c>cross_entropy</c> and <c>mse_loss</c>, mean reduction.</summary>
public sealed unsafe class PyTorchLossTests
{
    private static readonly Dictionary<Type, Action> Cases = new()
    {
        [typeof(SoftmaxCrossEntropy)] = CheckCrossEntropy,
        [typeof(SquaredError)] = CheckMeanSquaredError,
    };

    /// <summary>Whoever adds a loss adds values of PyTorch's, or of its paper's equations.</summary>
    [Theory]
    [MemberData(nameof(LossRow.All), MemberType = typeof(LossRow))]
    public void Row_TwoStoredRows_EqualPyTorch(Type loss)
    {
        Assert.True(Cases.ContainsKey(loss), $"{loss.Name} is compared with no reference values.");
        Cases[loss]();
    }

    private static void CheckCrossEntropy()
    {
        double[][] outputs = [[0.3, -1.2, 2.5, 0.0, 4.1, -0.7, 1.9], [1.0, 2.0, 3.0, -4.0, 0.5, 0.25, -0.125]];
        double[][] gradients =
        [
            [
                0.008195235657776329, 0.0018286042447737548, -0.42603788755752475, 0.006071179898061229,
                0.36633674110433717, 0.003014858714051033, 0.04059126793852519,
            ],
            [
                0.039943677643577175, 0.10857817310036166, 0.29514607490599376, 0.0002691383829109781,
                0.024227065152507634, 0.01886805731229489, -0.4870321864976461,
            ],
        ];
        int[] targets = [2, 6];
        double mean = 0;
        for (int row = 0; row < 2; row++)
        {
            var arena = Row(outputs[row]);
            mean += SoftmaxCrossEntropy.Row<Lanes1<double>, double>(arena.Pointer, 7, targets[row], 0.5) / 2;
            AssertEqual(gradients[row], arena);
        }

        Assert.Equal(2.7815964129088155, mean, Tolerances.PyTorchFormula);
    }

    private static void CheckMeanSquaredError()
    {
        double[][] outputs = [[0.3, -1.2, 2.5], [1.0, 2.0, 3.0]];
        double[][] targets = [[0.0, -1.0, 2.0], [1.5, -2.0, 3.25]];
        double[][] gradients =
        [
            [0.09999999999999999, -0.06666666666666665, 0.16666666666666666],
            [-0.16666666666666666, 1.3333333333333333, -0.08333333333333333],
        ];
        double mean = 0;
        for (int row = 0; row < 2; row++)
        {
            var arena = Row(outputs[row]);
            fixed (double* target = targets[row])
            {
                mean += SquaredError.Row<Lanes1<double>, double>(arena.Pointer, 3, target, 0.5) / 2;
            }

            AssertEqual(gradients[row], arena);
        }

        Assert.Equal(2.782083333333333, mean, Tolerances.PyTorchFormula);
    }

    private static Arena<double> Row(double[] values)
    {
        var arena = new Arena<double>(values.Length);
        values.CopyTo(arena.Span);
        return arena;
    }

    private static void AssertEqual(double[] expected, Arena<double> actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual.Span[i], Tolerances.PyTorchFormula);
        }
    }
}
