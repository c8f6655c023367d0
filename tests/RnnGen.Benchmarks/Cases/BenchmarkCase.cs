using RnnGen.Benchmarks.Machine;

namespace RnnGen.Benchmarks.Cases;

/// <summary>One line of the tables: what RnnGen and its peers both do.</summary>
/// <param name="Name">Unique, parts separated by slashes.</param>
/// <param name="Activity">What is timed.</param>
/// <param name="Network">The network.</param>
/// <param name="Steps">Steps of a sequence.</param>
/// <param name="Batch">Sequences of a batch.</param>
internal sealed record BenchmarkCase(string Name, Activity Activity, Network Network, int Steps, int Batch)
{
    /// <summary>Hidden and input sizes from which a step is limited by reading its weights.</summary>
    private const int LeastSizeLimitedByReading = 64;

    /// <summary>Threads on either side.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Hypotheses side by side, of a case that decodes; 1 is greedy search.</summary>
    public int BeamSize { get; init; } = 1;

    /// <summary>RnnGen's class of the network.</summary>
    public required Type Model { get; init; }

    /// <summary>Makes RnnGen's contender.</summary>
    public required Func<BenchmarkCase, OurContender> Open { get; init; }

    /// <summary>What both sides read.</summary>
    public CaseData Data => field ??= new CaseData(this);

    /// <summary>The part of what the machine can do that a time is; null where no limit is known.</summary>
    /// <param name="microseconds">Time of a call.</param>
    /// <param name="meter">Says what the machine can do.</param>
    public double? Roofline(double microseconds, MachineMeter meter) => Activity switch
    {
        Activity.Training or Activity.SecondThread =>
            Network.TrainingFlopsPerRow * Steps * Batch / microseconds / 1000 / (meter.FmaGflops * Threads),
        Activity.Step when Math.Min(Network.Inputs, Network.Hidden) >= LeastSizeLimitedByReading =>
            Network.StepBytes / microseconds / 1000 / MachineMeter.Reading(Network.StepBytes),
        _ => null,
    };
}
