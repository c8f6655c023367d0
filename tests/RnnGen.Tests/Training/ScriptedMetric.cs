namespace RnnGen.Tests.Training;

/// <summary>A user's own metric, whose value after each epoch is given.</summary>
internal sealed class ScriptedMetric(string name, bool higherIsBetter, params double[] values)
    : TokenMetric(name, higherIsBetter)
{
    private int _measurements;

    /// <summary>What is done as a sequence is taken in, with the number of the measurement from 1.</summary>
    public Action<int>? Adding { get; init; }

    public override TokenAccumulator Begin() => new Step(this, _measurements++);

    private sealed class Step(ScriptedMetric metric, int measurement) : TokenAccumulator
    {
        public override double Value => metric.ValueAt(measurement);

        public override void Add(ReadOnlySpan<int> hypothesis, TokenReferences references) =>
            metric.Adding?.Invoke(measurement + 1);
    }

    private double ValueAt(int measurement) => values[measurement];
}
