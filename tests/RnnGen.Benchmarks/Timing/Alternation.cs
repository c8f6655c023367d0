namespace RnnGen.Benchmarks.Timing;

/// <summary>
/// Runs two contenders in turns, a block of each a round, so that a slow moment of the machine meets both.
/// </summary>
/// <param name="seconds">
/// About how long the blocks of a pair are to take together, without warming up and settling between them.
/// </param>
internal sealed class Alternation(double seconds)
{
    private const int LeastRounds = 11;
    private const double LongestBlockMilliseconds = 30;
    private const double WarmUpMilliseconds = 400;

    // Threads of a team that has just worked spin a few milliseconds before they sleep: not on the other's time.
    private const int SettleMilliseconds = 10;

    private readonly double _block =
        Math.Min(LongestBlockMilliseconds, 1000 * seconds / (2 * LeastRounds));

    private double WarmUp => Math.Min(WarmUpMilliseconds, 1000 * seconds);

    private int Rounds => Math.Max(LeastRounds, (int)(1000 * seconds / (2 * _block)));

    /// <summary>Median microseconds a call, of each.</summary>
    public (double Ours, double Peer) Compare(Action<int> ours, Action<int> peer)
    {
        int ourCalls = BlockTimer.CallsPerBlock(ours, WarmUp, _block);
        int peerCalls = BlockTimer.CallsPerBlock(peer, WarmUp, _block);
        var ourTimes = new double[Rounds];
        var peerTimes = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            ourTimes[round] = Block(ours, ourCalls);
            peerTimes[round] = Block(peer, peerCalls);
        }

        return (Statistics.Median(ourTimes), Statistics.Median(peerTimes));
    }

    /// <summary>Median microseconds a call of one contender.</summary>
    public double Measure(Action<int> ours)
    {
        int calls = BlockTimer.CallsPerBlock(ours, WarmUp, _block);
        return Statistics.Median(Enumerable.Range(0, Rounds).Select(_ => Block(ours, calls)));
    }

    // A tenth of a block, or one call, is run first, untimed: the other contender has used the caches since.
    private static double Block(Action<int> run, int calls)
    {
        Thread.Sleep(SettleMilliseconds);
        run(Math.Max(1, calls / 10));
        return BlockTimer.Time(run, calls);
    }
}
