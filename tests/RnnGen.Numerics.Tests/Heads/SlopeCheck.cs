using RnnGen.Weights;

namespace RnnGen.Numerics.Tests.Heads;

/// <summary>Compares gradients with central differences of fourth order.</summary>
internal sealed class SlopeCheck(Func<double> loss)
{
    /// <summary>The largest relative error.</summary>
    public WorstError<string> Worst { get; } = new("nowhere");

    /// <summary>Numbers compared so far.</summary>
    public int Count { get; private set; }

    /// <summary>Every number of a tensor that is one of its own.</summary>
    public void Compare(TensorMap tensor, double[] start, Action<double[]> set, double[] gradient)
    {
        foreach (TensorPart part in tensor.Parts.Where(part => part.Role == TensorPartRole.Value))
        {
            int first = part.FirstRow * part.Columns;
            Compare(tensor.Name, start, set, gradient, first, first + (part.Rows * part.Columns));
        }
    }

    /// <summary>Every number.</summary>
    public void Compare(string name, double[] start, Action<double[]> set, double[] gradient) =>
        Compare(name, start, set, gradient, 0, start.Length);

    private void Compare(string name, double[] start, Action<double[]> set, double[] gradient, int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            double At(double step)
            {
                double[] values = [.. start];
                values[i] += step;
                set(values);
                return loss();
            }

            const double Step = Tolerances.SmoothStep;
            double slope = ((8 * (At(Step) - At(-Step))) - (At(2 * Step) - At(-2 * Step))) / (12 * Step);
            double scale = Math.Max(Tolerances.SmoothFloor, Math.Max(Math.Abs(slope), Math.Abs(gradient[i])));
            Worst.Add(Math.Abs(slope - gradient[i]) / scale, $"{name}[{i}]");
            Count++;
        }

        set(start);
    }
}
