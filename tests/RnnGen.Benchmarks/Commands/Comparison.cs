using System.Globalization;
using RnnGen.Benchmarks.Cases;
using RnnGen.Benchmarks.Machine;
using RnnGen.Benchmarks.Peers;
using RnnGen.Benchmarks.Timing;

namespace RnnGen.Benchmarks.Commands;

/// <summary>Compares one case after the other and prints what came out.</summary>
internal sealed class Comparison : IDisposable
{
    private readonly IReadOnlyList<IPeer> _peers;
    private readonly Alternation _alternation;
    private readonly MachineMeter _meter = new();

    public Comparison(IReadOnlyList<IPeer> peers, double seconds)
    {
        _peers = peers;
        _alternation = new Alternation(seconds);
        Print(_meter.Measure().ToString());
    }

    /// <summary>Whether every peer gave RnnGen's results so far.</summary>
    public bool AllAgreed { get; private set; } = true;

    public void Run(BenchmarkCase wanted)
    {
        using OurContender ours = wanted.Open(wanted);
        float[] results = ours.FirstResults();
        double? alone = null;
        bool compared = false;
        foreach (IPeer peer in _peers)
        {
            switch (peer.Open(wanted, ours.Tensors))
            {
                case PeerEntry.Running running:
                    using (running.Contender)
                    {
                        Compare(wanted, peer.Name, ours, results, running);
                    }

                    compared = true;
                    break;
                case PeerEntry.Stored stored:
                    alone ??= MeasureAlone(wanted, ours);
                    Print($"case={wanted.Name} peer={peer.Name} {Times(alone.Value, stored.Microseconds)}"
                        + $" remark=\"{stored.Remark}\"");
                    break;
                case PeerEntry.Skipped skipped:
                    Print($"case={wanted.Name} peer={peer.Name} skipped: {skipped.Reason}");
                    break;
            }
        }

        if (!compared && alone is null)
        {
            MeasureAlone(wanted, ours);
        }
    }

    public void Dispose() => _meter.Dispose();

    private static void Print(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    private static string Times(double ours, double peer, string name = "peer_us") => string.Create(
        CultureInfo.InvariantCulture, $"ours_us={ours:0.####} {name}={peer:0.####} ratio={peer / ours:f3}");

    private void Compare(
        BenchmarkCase wanted, string peer, OurContender ours, float[] results, PeerEntry.Running running)
    {
        IContender contender = running.Contender;
        double difference = Difference(results, contender.FirstResults());
        bool agree = difference <= CheckedCalls.Tolerance;
        AllAgreed &= agree;
        (double ourTime, double peerTime) = _alternation.Compare(ours.Run, contender.Run);
        string roofline = MeasureRoofline(wanted, ourTime);
        string check = string.Create(CultureInfo.InvariantCulture, $" check={difference:0.0e-0}");
        Print($"case={wanted.Name} peer={peer} {Times(ourTime, peerTime, running.TimeName)}{roofline}{check}"
            + (agree ? "" : " DIFFERS: the peer computes something else"));
    }

    private double MeasureAlone(BenchmarkCase wanted, OurContender ours)
    {
        double time = _alternation.Measure(ours.Run);
        string roofline = MeasureRoofline(wanted, time);
        Print(string.Create(
            CultureInfo.InvariantCulture, $"case={wanted.Name} peer=none ours_us={time:0.####}{roofline}"));
        return time;
    }

    // The machine is measured again, and the time held against what it could do around the case.
    private string MeasureRoofline(BenchmarkCase wanted, double microseconds)
    {
        Print(_meter.Measure().ToString());
        return wanted.Roofline(microseconds, _meter) is { } part
            ? string.Create(CultureInfo.InvariantCulture, $" roofline={part:f3}")
            : "";
    }

    private static double Difference(float[] ours, float[] peers)
    {
        if (ours.Length != peers.Length)
        {
            return double.PositiveInfinity;
        }

        double largest = 0;
        for (int i = 0; i < ours.Length; i++)
        {
            double difference = Math.Abs((double)ours[i] - peers[i]);
            // A NaN on either side is a difference, too, and Math.Max keeps it.
            largest = Math.Max(largest, difference);
        }

        return largest;
    }
}
