using RnnGen.Numerics.Tests.Harness;
using RnnGen.Weights;

namespace RnnGen.Numerics.Tests.Gradients;

/// <summary>Compares the gradients of one batch with central differences of its loss.</summary>
internal sealed class GradientCheck(TestedModel<double> model, Func<double> loss, Func<string, double[]> gradient)
{
    // Tensors up to this size are checked whole, of larger ones as many numbers.
    private const int MostElements = 32;

    private readonly bool _hasKinks = model.Facts.HasKinks;
    private readonly Random _random = new(11);

    private readonly WorstError<(string Name, double Slope, double Gradient)> _worst = new(("nowhere", 0, 0));

    /// <summary>The largest relative error so far.</summary>
    public double Worst => _worst.Value;

    /// <summary>Where it was.</summary>
    public string Place =>
        $"{_worst.Place.Name}: {_worst.Place.Slope:g9} by differences, {_worst.Place.Gradient:g9} computed";

    /// <summary>Numbers compared so far.</summary>
    public int Count { get; private set; }

    /// <summary>Every number of small tensors, a sample of large ones.</summary>
    public void CheckElements(string situation)
    {
        var gradients = model.Tensors.ToDictionary(tensor => tensor.Name, tensor => gradient(tensor.Name));
        foreach (TensorMap tensor in model.Tensors)
        {
            int[] free = FreeElements(tensor);
            _random.Shuffle(free);
            foreach (int element in free.Take(MostElements))
            {
                double[] direction = new double[tensor.Length];
                direction[element] = 1;
                double slope = Slope(tensor.Name, direction);
                Compare(slope, gradients[tensor.Name][element], $"{situation}: {tensor.Name}[{element}]");
            }
        }
    }

    /// <summary>All numbers of each tensor at once: the slope along one random direction.</summary>
    public void CheckDirections(string situation)
    {
        var gradients = model.Tensors.ToDictionary(tensor => tensor.Name, tensor => gradient(tensor.Name));
        foreach (TensorMap tensor in model.Tensors)
        {
            int[] free = FreeElements(tensor);
            double[] direction = new double[tensor.Length];
            foreach (int element in free)
            {
                direction[element] = ((2 * _random.NextDouble()) - 1) / Math.Sqrt(free.Length);
            }

            if (free.Length > 0)
            {
                double along = direction.Zip(gradients[tensor.Name], (d, g) => d * g).Sum();
                Compare(Slope(tensor.Name, direction), along, $"{situation}: {tensor.Name}, random direction");
            }
        }
    }

    /// <summary>Every number of small states, a sample of large ones, and a random direction of all.</summary>
    /// <param name="states">What the loss starts from.</param>
    public void CheckStates(RecurrentStates<double> states, string situation)
    {
        var gradients = states.Names.ToDictionary(name => name, gradient);
        foreach (string name in states.Names)
        {
            int[] elements = [.. Enumerable.Range(0, gradients[name].Length)];
            double[] along = [.. elements.Select(_ => ((2 * _random.NextDouble()) - 1) / Math.Sqrt(elements.Length))];
            double expected = along.Zip(gradients[name], (d, g) => d * g).Sum();
            Compare(SlopeOfState(states, name, along), expected, $"{situation}: {name}, random direction");
            _random.Shuffle(elements);
            foreach (int element in elements.Take(MostElements))
            {
                double[] direction = new double[elements.Length];
                direction[element] = 1;
                double slope = SlopeOfState(states, name, direction);
                Compare(slope, gradients[name][element], $"{situation}: {name}[{element}]");
            }
        }
    }

    /// <summary>Every number of the steps that a batch has, and a random direction of all.</summary>
    /// <param name="sample">What the loss reads.</param>
    /// <param name="gradients">Of its inputs, in their layout.</param>
    public void CheckInputs(Sample<double> sample, double[] gradients, string situation)
    {
        double[] inputs = sample.Inputs<double>();
        void Set(double[] values) => values.CopyTo(inputs, 0);
        int[] valid = [.. Enumerable.Range(0, inputs.Length).Where(place => !double.IsNaN(inputs[place]))];
        double[] along = new double[inputs.Length];
        foreach (int place in valid)
        {
            along[place] = ((2 * _random.NextDouble()) - 1) / Math.Sqrt(valid.Length);
            double[] direction = new double[inputs.Length];
            direction[place] = 1;
            Compare(Slope([.. inputs], direction, Set), gradients[place], $"{situation}: inputs[{place}]");
        }

        double expected = along.Zip(gradients, (d, g) => d * g).Sum();
        Compare(Slope([.. inputs], along, Set), expected, $"{situation}: inputs, random direction");
    }

    private double SlopeOfState(RecurrentStates<double> states, string name, double[] direction) =>
        Slope(states.Get(name), direction, values => states.Set(name, values));

    private void Compare(double slope, double gradient, string place)
    {
        double floor = _hasKinks ? Tolerances.KinkFloor : Tolerances.SmoothFloor;
        double error = Math.Abs(slope - gradient) / Math.Max(floor, Math.Max(Math.Abs(slope), Math.Abs(gradient)));
        Count++;
        _worst.Add(error, (place, slope, gradient));
    }

    private double Slope(string tensor, double[] direction) =>
        Slope(model.Get(tensor), direction, values => model.Set(tensor, values));

    private double Slope(double[] start, double[] direction, Action<double[]> set)
    {
        double Difference(double step) =>
            LossAt(set, start, direction, step) - LossAt(set, start, direction, -step);
        double h = _hasKinks ? Tolerances.KinkStep : Tolerances.SmoothStep;
        double slope = _hasKinks
            ? Difference(h) / (2 * h)
            : ((8 * Difference(h)) - Difference(2 * h)) / (12 * h);
        set(start);
        return slope;
    }

    private double LossAt(Action<double[]> set, double[] start, double[] direction, double step)
    {
        double[] values = new double[start.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = start[i] + (step * direction[i]);
        }

        set(values);
        return loss();
    }

    // The second of PyTorch's biases is no number of its own where the model has one; its gradient is compared apart.
    private static int[] FreeElements(TensorMap tensor) =>
    [
        .. tensor.Parts.Where(part => part.Role == TensorPartRole.Value)
            .SelectMany(part => Enumerable.Range(part.FirstRow * part.Columns, part.Rows * part.Columns)),
    ];
}
