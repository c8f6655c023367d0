namespace RnnGen.Tests.Training;

/// <summary>What a model with known weights makes of noise, as one series.</summary>
internal static class LeakySeries
{
    private const int Outputs = LeakyLinear.Outputs;
    private const int Inputs = LeakyLinear.Inputs;

    public static (float[] Inputs, float[] Targets) Draw(int steps, ulong seed)
    {
        var teacher = new LeakyModel(seed);
        using LeakyModel.State state = teacher.CreateState();
        var random = new Random((int)seed);
        float[] inputs = [.. Enumerable.Range(0, steps * Inputs).Select(_ => random.NextSingle() - 0.5f)];
        float[] targets = new float[steps * Outputs];
        for (int step = 0; step < steps; step++)
        {
            teacher.Runtime.Step(inputs.AsSpan(step * Inputs, Inputs), state).CopyTo(targets.AsSpan(step * Outputs));
        }

        return (inputs, targets);
    }

    /// <summary>Batches of one sequence, in the order of the series.</summary>
    public static BatchList Batches(int count, int steps, ulong seed)
    {
        (float[] inputs, float[] targets) = Draw(count * steps, seed);
        return new BatchList([.. inputs.Chunk(steps * Inputs).Zip(targets.Chunk(steps * Outputs))]);
    }
}
