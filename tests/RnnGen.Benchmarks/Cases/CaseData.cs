namespace RnnGen.Benchmarks.Cases;

/// <summary>Inputs and targets of a case: random, the same on every run and for every peer.</summary>
internal sealed class CaseData
{
    private const int Seed = 12345;

    public CaseData(BenchmarkCase owner)
    {
        var random = new Random(Seed);
        Network network = owner.Network;
        int rows = owner.Steps * owner.Batch;
        Features = Values(random, network.ReadsTokens ? 0 : rows * network.Inputs);
        Tokens = Numbers(random, network.ReadsTokens ? rows : 0, network.Vocabulary);
        Targets = Values(random, network.ReadsTokens ? 0 : rows * network.Outputs);
        Classes = network is TranslationNetwork translation
            ? EndedTargets(random, rows, owner.Batch, translation)
            : Numbers(random, network.ReadsTokens ? rows : 0, network.Outputs);
    }

    /// <summary><c>[T, B, F]</c> from -1 to 1; empty for networks that read tokens.</summary>
    public float[] Features { get; }

    /// <summary><c>[T, B]</c>; empty for networks that read features.</summary>
    public int[] Tokens { get; }

    /// <summary><c>[T, B, O]</c>; empty for networks that tell classes.</summary>
    public float[] Targets { get; }

    /// <summary><c>[T, B]</c>; empty for networks that tell values.</summary>
    public int[] Classes { get; }

    // All end in their last step.
    private static int[] EndedTargets(Random random, int rows, int batch, TranslationNetwork network) =>
    [
        .. Numbers(random, rows - batch, Math.Min(network.Start, network.End)),
        .. Enumerable.Repeat(network.End, batch),
    ];

    private static float[] Values(Random random, int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (2 * random.NextSingle()) - 1;
        }

        return values;
    }

    private static int[] Numbers(Random random, int count, int end)
    {
        var numbers = new int[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = random.Next(end);
        }

        return numbers;
    }
}
