namespace RnnGen.Cells;

/// <summary>
/// The weights of one gate: an input matrix <c>W [H, I]</c>, a recurrent matrix <c>U [H, H]</c> and a bias <c>b
/// [H]</c>.
/// Indexing a gate applies it: <c>gate[x, h] = W·x + U·h + b</c>.
/// </summary>
/// <remarks>
/// A gate applied to its two operands apart, <c>gate[x]</c> and <c>gate[h]</c>, has a bias for each:
/// <c>W·x + b</c> and <c>U·h + b′</c>.
/// </remarks>
/// <param name="input">W, <c>[H, I]</c>.</param>
/// <param name="recurrent">U, <c>[H, H]</c>.</param>
/// <param name="bias">b, <c>[H]</c>.</param>
/// <param name="recurrentBias">b′, <c>[H]</c>: the bias of <c>gate[h]</c>; zero where the gate is applied once.</param>
public sealed class Gate(double[,] input, double[,] recurrent, double[] bias, double[]? recurrentBias = null)
{
    /// <summary>W·x + U·h + b.</summary>
    /// <param name="x">The input, <c>[I]</c>.</param>
    /// <param name="h">The recurrent operand, <c>[H]</c>: the hidden state or an expression of other gates.</param>
    public Vector this[Input x, Vector h] => new Vector(Product(input, x)) + Product(recurrent, h) + bias;

    /// <summary>W·x + b.</summary>
    /// <param name="x">The input, <c>[I]</c>.</param>
    public Vector this[Input x] => new Vector(Product(input, x)) + bias;

    /// <summary>U·h + b′.</summary>
    /// <param name="h">The recurrent operand, <c>[H]</c>.</param>
    public Vector this[Vector h] => new Vector(Product(recurrent, h)) + (recurrentBias ?? new double[bias.Length]);

    private static double[] Product(double[,] matrix, Vector operand)
    {
        var sum = new double[matrix.GetLength(0)];
        for (int row = 0; row < sum.Length; row++)
        {
            for (int column = 0; column < operand.Values.Length; column++)
            {
                sum[row] += matrix[row, column] * operand.Values[column];
            }
        }

        return sum;
    }
}
