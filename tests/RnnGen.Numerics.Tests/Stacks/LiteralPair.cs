using System.Reflection;
using RnnGen.Numerics.Tests.Reference;

namespace RnnGen.Numerics.Tests.Stacks;

/// <summary>
/// The forward pass of an encoder–decoder over tokens, written down from the meaning of its attributes: one sequence,
/// one step and one number at a time, in double. Nothing is shared with the generator.
/// </summary>
/// <param name="get">Gives a tensor by its name in files.</param>
internal sealed class LiteralPair(Type type, Func<string, double[]> get)
{
    private readonly EncoderDecoderAttribute _model = type.GetCustomAttribute<EncoderDecoderAttribute>()!;
    private readonly LayerAttribute[] _layers = [.. type.GetCustomAttributes<LayerAttribute>()];
    private readonly Dictionary<string, int> _names = [];

    // The rows that the encoder ends in; and of each of its stacked layers and directions the last states.
    private double[][] _memory = [];
    private List<double[][][]> _last = [];

    /// <summary>What the decoder gives at each step, reading some tokens.</summary>
    /// <param name="weights">Receives at each step how much each row of the source is attended to.</param>
    public double[][] Forward(int[] source, int[] read, List<double[]> weights)
    {
        int decoder = Array.FindIndex(_layers, layer => layer is DecoderAttribute);
        Encode(source, _layers[1..decoder], ((EncoderAttribute)_layers[0]).Reverse);
        _names.Clear();
        var steps = new Decoder(this, _layers[(decoder + 1)..], weights);
        return [.. read.Select(steps.Step)];
    }

    private void Encode(int[] source, LayerAttribute[] layers, bool isReverse)
    {
        _names.Clear();
        _last = [];
        double[][] rows = [];
        foreach (LayerAttribute layer in layers)
        {
            string prefix = "encoder." + Name(layer);
            rows = layer switch
            {
                EmbeddingAttribute table => [.. source.Select(token => Embed(table, prefix, token))],
                RecurrentAttribute recurrent => Run(recurrent, prefix, rows, isReverse),
                DenseAttribute => [.. rows.Select(
                    row => Sum(Multiply($"{prefix}.weight", row), get($"{prefix}.bias")))],
                _ => throw new NotSupportedException($"What {layer.GetType().Name} computes is not written down."),
            };
        }

        _memory = rows;
    }

    private double[][] Run(RecurrentAttribute layer, string prefix, double[][] rows, bool isReverse)
    {
        for (int index = 0; index < layer.Layers; index++)
        {
            var last = new List<double[][]>();
            double[][] One(string suffix, bool fromEnd)
            {
                LiteralCell cell = Cell(layer, prefix, $"_l{index}{suffix}");
                double[][] inputs = fromEnd ? [.. rows.Reverse()] : rows;
                (double[][] hidden, double[][] final) = cell.Run(inputs, Zeros(layer, cell));
                last.Add(final);
                return fromEnd ? [.. hidden.Reverse()] : hidden;
            }

            double[][] made = One("", isReverse);
            if (layer.Bidirectional)
            {
                made = [.. made.Zip(One("_reverse", !isReverse), (left, right) => (double[])[.. left, .. right])];
            }

            _last.Add([.. last]);
            rows = layer.Residual ? [.. made.Zip(rows, Sum)] : made;
        }

        return rows;
    }

    private LiteralCell Cell(RecurrentAttribute layer, string prefix, string suffix) =>
        new(layer, name => get($"{prefix}.{name}{suffix}"));

    private static double[][] Zeros(RecurrentAttribute layer, LiteralCell cell) =>
        [.. cell.StateNames.Select((_, i) =>
            new double[i == 0 && layer.Projection > 0 ? layer.Projection : layer.Size])];

    private double[] Embed(EmbeddingAttribute table, string prefix, int token) =>
        get($"{prefix}.weight")[(token * table.Size)..((token + 1) * table.Size)];

    // rows of weights, each of them times x.
    private double[] Multiply(string tensor, double[] x) =>
        [.. get(tensor).Chunk(x.Length).Select(row => Product(row, x))];

    private static double Product(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();

    private static double[] Sum(double[] left, double[] right) => [.. left.Zip(right, (a, b) => a + b)];

    private string Name(LayerAttribute layer)
    {
        string kind = LiteralCell.SnakeCase(layer.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal));
        int count = _names.GetValueOrDefault(kind);
        if (layer.Name is null)
        {
            _names[kind] = count + 1;
        }

        return layer.Name ?? (count == 0 ? kind : $"{kind}{count}");
    }

    // What a decoder's stacked layer starts from.
    private double[][] Initial(string prefix, int stacked, int index, RecurrentAttribute layer, LiteralCell cell)
    {
        double[][] zeros = Zeros(layer, cell);
        if (_model.Bridge == Bridge.None)
        {
            return zeros;
        }

        if (_model.Bridge == Bridge.LastStates)
        {
            return [.. zeros.Select((_, i) => _last[stacked].SelectMany(direction => direction[i]).ToArray())];
        }

        double[] all = [.. _last[^1].SelectMany(direction => direction.SelectMany(state => state))];
        return [.. cell.StateNames.Select(state =>
            Sum(Multiply($"{prefix}.bridge_{state}_l{index}.weight", all),
                get($"{prefix}.bridge_{state}_l{index}.bias")).Select(Math.Tanh).ToArray())];
    }

    private sealed class Decoder(LiteralPair pair, LayerAttribute[] layers, List<double[]> weights)
    {
        private readonly string[] _prefixes = [.. layers.Select(layer => "decoder." + pair.Name(layer))];
        private readonly Dictionary<string, (LiteralCell Cell, double[][] States)> _cells = [];
        private readonly Dictionary<string, double[]> _contexts = [];
        private double[]? _fed;

        public double[] Step(int token)
        {
            double[] row = [];
            double[] beside = [];
            bool isBelow = false;
            int stacked = 0;
            for (int i = 0; i < layers.Length; i++)
            {
                switch (layers[i])
                {
                    case EmbeddingAttribute table:
                        row = pair.Embed(table, _prefixes[i], token);
                        break;
                    case AttentionAttribute attention when isBelow:
                        double[] context = Attend(attention, _prefixes[i], row);
                        row = [.. pair.Multiply($"{_prefixes[i]}.output.weight", [.. context, .. row])
                            .Select(Math.Tanh)];
                        _fed = attention.InputFeeding ? row : _fed;
                        break;
                    case AttentionAttribute attention:
                        var next = (RecurrentAttribute)layers[i + 1];
                        beside = Attend(attention, _prefixes[i], Cell(next, i + 1, 0, 0).States[0]);
                        _contexts[attention.Name ?? ""] = beside;
                        break;
                    case RecurrentAttribute recurrent:
                        row = Recur(recurrent, i, row, isBelow ? [] : [.. beside, .. Fed()], ref stacked);
                        isBelow = true;
                        break;
                    case LayerNormAttribute norm:
                        row = Normalize(norm, _prefixes[i], row);
                        break;
                    case DenseAttribute:
                        row = Sum(pair.Multiply($"{_prefixes[i]}.weight", row), pair.Get($"{_prefixes[i]}.bias"));
                        break;
                    case DropoutAttribute or CrossEntropyAttribute:
                        break;
                    default:
                        throw new NotSupportedException($"{layers[i].GetType().Name} is not written down.");
                }
            }

            return row;
        }

        private double[] Recur(RecurrentAttribute layer, int at, double[] row, double[] beside, ref int stacked)
        {
            double[] named = layer.Context is { } name ? _contexts[name] : [];
            for (int index = 0; index < layer.Layers; index++)
            {
                // The one right below an attention reads its context anyway.
                double[] context = index == 0 && beside.Length > 0 ? [] : named;
                (LiteralCell cell, double[][] states) = Cell(layer, at, index, stacked++);
                (double[][] hidden, double[][] final) = cell.Run(
                    [[.. row, .. index == 0 ? beside : [], .. context]], states);
                _cells[$"{at} {index}"] = (cell, final);
                row = layer.Residual ? Sum(hidden[0], row) : hidden[0];
            }

            return row;
        }

        private (LiteralCell Cell, double[][] States) Cell(RecurrentAttribute layer, int at, int index, int stacked)
        {
            if (_cells.TryGetValue($"{at} {index}", out (LiteralCell Cell, double[][] States) known))
            {
                return known;
            }

            LiteralCell cell = pair.Cell(layer, _prefixes[at], $"_l{index}");
            return (cell, pair.Initial(_prefixes[at], stacked, index, layer, cell));
        }

        // Zeros at the first step.
        private double[] Fed()
        {
            int feeding = Array.FindIndex(layers, layer => layer is AttentionAttribute { InputFeeding: true });
            return feeding < 0 ? [] : _fed ?? new double[FedSize((AttentionAttribute)layers[feeding], feeding)];
        }

        private int FedSize(AttentionAttribute attention, int at)
        {
            RecurrentAttribute last = layers[..at].OfType<RecurrentAttribute>().Last();
            return attention.Size > 0 ? attention.Size : last.Projection > 0 ? last.Projection : last.Size;
        }

        private double[] Attend(AttentionAttribute attention, string prefix, double[] query)
        {
            double[] Key(double[] row) => pair.Multiply($"{prefix}.key.weight", row);
            double[] scores = [.. pair._memory.Select(row => attention.Score switch
            {
                AttentionScore.Dot => Product(query, row),
                AttentionScore.ScaledDot => Product(query, row) / Math.Sqrt(row.Length),
                AttentionScore.General => Product(query, Key(row)),
                _ => Product(
                    pair.Get($"{prefix}.score.weight"),
                    [.. Sum(pair.Multiply($"{prefix}.query.weight", query), Key(row)).Select(Math.Tanh)]),
            })];
            double all = scores.Sum(Math.Exp);
            double[] shares = [.. scores.Select(score => Math.Exp(score) / all)];
            weights.Add(shares);
            double[] context = new double[pair._memory[0].Length];
            for (int s = 0; s < shares.Length; s++)
            {
                context = Sum(context, [.. pair._memory[s].Select(value => shares[s] * value)]);
            }

            return context;
        }

        private double[] Normalize(LayerNormAttribute layer, string prefix, double[] row)
        {
            double mean = row.Average();
            double deviation = Math.Sqrt(row.Average(x => (x - mean) * (x - mean)) + layer.Epsilon);
            double[] weight = pair.Get($"{prefix}.weight");
            return Sum([.. row.Select((x, i) => weight[i] * (x - mean) / deviation)], pair.Get($"{prefix}.bias"));
        }
    }

    private double[] Get(string name) => get(name);
}
