namespace RnnGen.Numerics.Tests.Heads;

/// <summary>A batch for the model of two heads, with what must not be read behind the sequences' ends.</summary>
internal sealed class HeadData
{
    private readonly Random _random;

    public HeadData(int seed)
    {
        _random = new Random(seed);
        Features = Numbers(7 * 5 * 3);
        Tags = [.. Enumerable.Range(0, 35).Select(_ => _random.Next(4))];
        Moods = Numbers(5 * 2);
    }

    /// <summary><c>[7, 5, 3]</c>.</summary>
    public double[] Features { get; }

    /// <summary><c>[7, 5]</c>.</summary>
    public int[] Tags { get; }

    /// <summary><c>[5, 2]</c>.</summary>
    public double[] Moods { get; }

    /// <summary>Random numbers into every state.</summary>
    public RecurrentStates<double> States(RecurrentStates<double> states)
    {
        foreach (string name in states.Names)
        {
            states.Set(name, Numbers(states.Get(name).Length));
        }

        return states;
    }

    private double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * _random.NextDouble()) - 1)];
}
