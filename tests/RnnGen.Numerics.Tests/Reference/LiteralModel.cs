using RnnGen.Numerics.Tests.Harness;
using RnnGen.Numerics.Tests.Losses;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>
/// A model's forward pass, written down from the meaning of its attributes: one sequence and one number at a time, in
/// double, with the weights by their names in files. Nothing is shared with the generator.
/// </summary>
/// <param name="initial">What the sequences start from; null for zeros, or for what is learned.</param>
/// <param name="final">Receives what they end in.</param>
internal sealed class LiteralModel(
    TestedModel<double> model, RecurrentStates<double>? initial = null, RecurrentStates<double>? final = null)
{
    /// <summary>Outputs in the layout of <c>Forward</c>, zeros behind a sequence's end.</summary>
    public double[] Forward(Sample<double> sample)
    {
        int size = model.Facts.OutputSize;
        double[] outputs = new double[sample.OutputRows * size];
        for (int sequence = 0; sequence < sample.Batch; sequence++)
        {
            double[][] rows = Run(sample, sequence);
            for (int step = 0; step < rows.Length; step++)
            {
                rows[step].CopyTo(outputs, ((step * sample.Batch) + sequence) * size);
            }
        }

        return outputs;
    }

    /// <summary>The mean loss over all rows that are no padding, times its weight.</summary>
    public static double Loss(ModelFacts facts, Sample<double> sample, double[] outputs)
    {
        int size = facts.OutputSize;
        LayerAttribute last = facts.Layers[^1];
        double weight = (double)last.GetType().GetProperty("Weight")!.GetValue(last)!;
        return weight * sample.ValidRows().Average(row =>
        {
            double[] output = outputs[(row * size)..((row + 1) * size)];
            double Average(Func<double, double, double> loss) =>
                output.Select((y, i) => loss(y, sample.Targets<double>()[(row * size) + i])).Average();
            return last switch
            {
                CrossEntropyAttribute => Math.Log(output.Sum(Math.Exp)) - output[sample.Targets<int>()[row]],
                MeanSquaredErrorAttribute => Average((y, target) => Math.Pow(y - target, 2)),
                BinaryCrossEntropyAttribute => Average((y, target) => Math.Log(1 + Math.Exp(y)) - (y * target)),
                var loss => throw new NotSupportedException($"{loss.GetType().Name} is not written down here."),
            };
        });
    }

    private double[][] Run(Sample<double> sample, int sequence)
    {
        var counts = new Dictionary<string, int>();
        var named = new Dictionary<string, (double[][] Rows, bool[] Reverse)>(StringComparer.Ordinal);

        // Of each column, whether it comes from a direction from end to start.
        bool[] reverse = [];
        double[][] rows = [];
        foreach (LayerAttribute layer in model.Facts.Layers)
        {
            string prefix = Prefix(layer, counts);
            if (layer is FromAttribute branch)
            {
                (rows, reverse) = named[branch.Layer];
            }

            rows = layer switch
            {
                InputAttribute => Steps(sample, sequence, step => sample.FeaturesAt(step, sequence).ToArray()),
                EmbeddingAttribute table => Embed(table, prefix, sample, sequence),
                DenseAttribute dense => Dense(dense, prefix, rows),
                LayerNormAttribute norm => [.. rows.Select(row => Normalize(norm, prefix, row))],
                RecurrentAttribute recurrent => Recurrent(recurrent, prefix, rows, sequence),
                LastAttribute => [Last(rows, reverse)],
                MeanAttribute => [Combine(rows, values => values.Average())],
                MaxAttribute => [Combine(rows, values => values.Max())],
                ActivationAttribute map => [.. rows.Select(row => row.Select(x => Apply(map.Function, x)).ToArray())],
                AddAttribute sum => Add(rows, named[sum.Layer].Rows),
                ConcatenateAttribute more => [.. rows.Zip(named[more.Layer].Rows, (x, y) => (double[])[.. x, .. y])],

                // Dropout does nothing without training.
                FromAttribute or DropoutAttribute => rows,
                _ when IsLoss(layer) => rows,
                _ => throw new NotSupportedException($"What {layer.GetType().Name} computes is not written down here."),
            };
            int width = rows[0].Length;
            reverse = layer switch
            {
                RecurrentAttribute recurrent => [.. Enumerable.Range(0, width).Select(
                    column => (recurrent.Bidirectional && column >= width / 2)
                        || (recurrent.Residual && reverse.ElementAtOrDefault(column)))],
                AddAttribute sum => [.. reverse.Zip(named[sum.Layer].Reverse, (x, y) => x || y)],
                ConcatenateAttribute more => [.. reverse, .. named[more.Layer].Reverse],
                ActivationAttribute or DropoutAttribute or FromAttribute => reverse,
                _ => new bool[width],
            };
            named[prefix] = (rows, reverse);
        }

        return rows;
    }

    private static bool IsLoss(LayerAttribute layer) =>
        layer.GetType().BaseType is { IsGenericType: true } type
        && type.GetGenericTypeDefinition() == typeof(LossAttribute<>);

    private static double[][] Add(double[][] left, double[][] right) =>
        [.. left.Zip(right, (x, y) => x.Zip(y, (a, b) => a + b).ToArray())];

    private static double[][] Steps(Sample<double> sample, int sequence, Func<int, double[]> row) =>
        [.. Enumerable.Range(0, sample.LengthOf(sequence)).Select(row)];

    private double[][] Embed(EmbeddingAttribute layer, string prefix, Sample<double> sample, int sequence)
    {
        double[] table = model.Get($"{prefix}.weight");
        return Steps(sample, sequence, step =>
            table.AsSpan(sample.TokenAt(step, sequence) * layer.Size, layer.Size).ToArray());
    }

    private double[][] Dense(DenseAttribute layer, string prefix, double[][] rows)
    {
        double[] weight = model.Get($"{prefix}.weight");
        double[] bias = layer.Bias ? model.Get($"{prefix}.bias") : new double[layer.Size];
        return [.. rows.Select(row => Dense(layer.Activation, weight, bias, row))];
    }

    private static double[] Dense(Activation activation, double[] weight, double[] bias, double[] row)
    {
        double[] result = [.. bias];
        for (int i = 0; i < result.Length; i++)
        {
            for (int j = 0; j < row.Length; j++)
            {
                result[i] += weight[(i * row.Length) + j] * row[j];
            }

            result[i] = Apply(activation, result[i]);
        }

        return result;
    }

    private double[] Normalize(LayerNormAttribute layer, string prefix, double[] row)
    {
        double[] weight = model.Get($"{prefix}.weight");
        double[] bias = layer.Bias ? model.Get($"{prefix}.bias") : new double[row.Length];
        double mean = row.Average();
        double variance = row.Average(x => Math.Pow(x - mean, 2));
        return [.. row.Select((x, i) => (weight[i] * (x - mean) / Math.Sqrt(variance + layer.Epsilon)) + bias[i])];
    }

    private static double Apply(Activation activation, double x) => activation switch
    {
        Activation.Tanh => Math.Tanh(x),
        Activation.Relu => Math.Max(0, x),
        Activation.Sigmoid => 1 / (1 + Math.Exp(-x)),
        Activation.Linear => x,
        _ => throw new NotSupportedException($"What {activation} computes is not written down here."),
    };

    private double[][] Recurrent(RecurrentAttribute layer, string prefix, double[][] rows, int sequence)
    {
        int directions = layer.Bidirectional ? 2 : 1;
        for (int index = 0; index < layer.Layers; index++)
        {
            double[][] Run(string suffix, double[][] inputs, int place)
            {
                var cell = new LiteralCell(layer, name => model.Get($"{prefix}.{name}{suffix}"));
                string[] names = [.. cell.StateNames.Select(name => $"{prefix}.{name}")];
                double[] Start(string name, int size) =>
                    StateRow.Get(initial, name, place, sequence, size)
                    ?? (layer.LearnedState ? model.Get($"{name}_0{suffix}") : new double[size]);
                (double[][] states, double[][] last) = cell.Run(
                    inputs,
                    [.. names.Select((name, i) => Start(
                        name, i == 0 && layer.Projection > 0 ? layer.Projection : layer.Size))]);
                foreach ((string name, double[] values) in names.Zip(last))
                {
                    StateRow.Set(final, name, place, sequence, values);
                }

                return states;
            }

            double[][] hidden = Run($"_l{index}", rows, index * directions);
            if (layer.Bidirectional)
            {
                double[][] reverse = Run($"_l{index}_reverse", [.. rows.Reverse()], (index * directions) + 1);
                hidden = [.. hidden.Zip(reverse.Reverse(), (forward, backward) => (double[])[.. forward, .. backward])];
            }

            rows = layer.Residual ? Add(hidden, rows) : hidden;
        }

        return rows;
    }

    // As PyTorch's h_n: each direction's own last state; the direction back to the start has its at the first step.
    private static double[] Last(double[][] rows, bool[] reverse) =>
        [.. reverse.Select((isReverse, column) => rows[isReverse ? 0 : ^1][column])];

    private static double[] Combine(double[][] rows, Func<IEnumerable<double>, double> combine) =>
        [.. Enumerable.Range(0, rows[0].Length).Select(i => combine(rows.Select(row => row[i])))];

    private static string Prefix(LayerAttribute layer, Dictionary<string, int> names)
    {
        string kind = LiteralCell.SnakeCase(layer.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal));
        if (layer.Name is not null)
        {
            return layer.Name;
        }

        int count = names.GetValueOrDefault(kind);
        names[kind] = count + 1;
        return count == 0 ? kind : $"{kind}{count}";
    }
}
