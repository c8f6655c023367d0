using System.Numerics;

namespace RnnGen.Numerics.Tests.Harness;

/// <summary>How a batch fills the room that a model has for one.</summary>
public enum BatchKind
{
    /// <summary>All sequences, all steps, no lengths given.</summary>
    Full,

    /// <summary>All sequences, in no order of their lengths, one of a single step and one of all.</summary>
    Ragged,

    /// <summary>Fewer sequences than the model's batch, fewer steps than it has.</summary>
    Short,

    /// <summary>One sequence of one step.</summary>
    Single,
}

/// <summary>
/// A batch for a model: sequences side by side, time-major, and their targets. What lies behind a sequence's end is
/// poison: NaN, or an index that no model takes.
/// </summary>
public sealed class Sample<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ModelFacts _facts;
    private readonly object _inputs;
    private readonly object _targets;

    public Sample(ModelFacts facts, int steps, int batch, int[] lengths, object inputs, object targets)
    {
        _facts = facts;
        Steps = steps;
        Batch = batch;
        Lengths = lengths;
        _inputs = inputs;
        _targets = targets;
    }

    public int Steps { get; }

    public int Batch { get; }

    /// <summary>Empty when all sequences have all steps.</summary>
    public int[] Lengths { get; }

    /// <summary>Rows of an output array, padding included.</summary>
    public int OutputRows => _facts.OutputPerSequence ? Batch : Steps * Batch;

    public int LengthOf(int sequence) => Lengths.Length == 0 ? Steps : Lengths[sequence];

    public TInput[] Inputs<TInput>() => (TInput[])_inputs;

    public TTarget[] Targets<TTarget>() => (TTarget[])_targets;

    public int TokenAt(int step, int sequence) => Inputs<int>()[(step * Batch) + sequence];

    public ReadOnlySpan<T> FeaturesAt(int step, int sequence) =>
        Inputs<T>().AsSpan(((step * Batch) + sequence) * _facts.InputSize, _facts.InputSize);

    /// <summary>The output rows that are no padding, as places in an output array.</summary>
    public IEnumerable<int> ValidRows()
    {
        for (int step = 0; step < (_facts.OutputPerSequence ? 1 : Steps); step++)
        {
            for (int sequence = 0; sequence < Batch; sequence++)
            {
                if (_facts.OutputPerSequence || step < LengthOf(sequence))
                {
                    yield return (step * Batch) + sequence;
                }
            }
        }
    }

    /// <summary>The same sequences, from a step on, for some steps.</summary>
    public Sample<T> Window(int firstStep, int steps)
    {
        int inputWidth = _facts.Vocabulary > 0 ? 1 : _facts.InputSize;
        int targetWidth = _facts.HasClassTargets ? 1 : _facts.OutputSize;
        return new Sample<T>(
            _facts,
            steps,
            Batch,
            [],
            Cut(_inputs, inputWidth, firstStep, steps),
            Cut(_targets, targetWidth, firstStep, steps));
    }

    public static Sample<T> Draw(ModelFacts facts, BatchKind kind, int seed)
    {
        var random = new Random(seed);
        (int steps, int batch) = kind switch
        {
            BatchKind.Short => (Math.Max(1, facts.Steps - 2), Math.Max(1, facts.Batch / 2)),
            BatchKind.Single => (1, 1),
            _ => (facts.Steps, facts.Batch),
        };
        int[] lengths = kind switch
        {
            BatchKind.Full => [],
            BatchKind.Single => [1],
            _ => DrawLengths(random, steps, batch),
        };

        return Draw(facts, steps, batch, lengths, random);
    }

    public static Sample<T> Draw(ModelFacts facts, int steps, int batch, int[] lengths, Random random)
    {
        bool IsPadding(int row) => lengths.Length > 0 && row / batch >= lengths[row % batch];
        int rows = steps * batch;
        object inputs = facts.Vocabulary > 0
            ? DrawIndices(random, rows, facts.Vocabulary, IsPadding)
            : DrawNumbers(random, rows, facts.InputSize, IsPadding);
        int targetRows = facts.OutputPerSequence ? batch : rows;
        Func<int, bool> isPadding = facts.OutputPerSequence ? _ => false : IsPadding;
        object targets = facts.HasClassTargets
            ? DrawIndices(random, targetRows, facts.OutputSize, isPadding)
            : DrawNumbers(random, targetRows, facts.OutputSize, isPadding);
        return new Sample<T>(facts, steps, batch, lengths, inputs, targets);
    }

    private static int[] DrawLengths(Random random, int steps, int batch)
    {
        int[] lengths = new int[batch];
        for (int i = 0; i < batch; i++)
        {
            lengths[i] = i == 0 ? steps : i == 1 ? 1 : random.Next(1, steps + 1);
        }

        random.Shuffle(lengths);
        return lengths;
    }

    private static int[] DrawIndices(Random random, int rows, int count, Func<int, bool> isPadding)
    {
        int[] indices = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            indices[row] = isPadding(row) ? int.MinValue : random.Next(count);
        }

        return indices;
    }

    private static T[] DrawNumbers(Random random, int rows, int width, Func<int, bool> isPadding)
    {
        var numbers = new T[rows * width];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = isPadding(i / width) ? T.NaN : T.CreateTruncating((2 * random.NextDouble()) - 1);
        }

        return numbers;
    }

    private object Cut(object values, int width, int firstStep, int steps)
    {
        int row = Batch * width;
        return values is int[] indices
            ? indices[(firstStep * row)..((firstStep + steps) * row)]
            : ((T[])values)[(firstStep * row)..((firstStep + steps) * row)];
    }
}
