using RnnGen.Benchmarks.Models;
using RnnGen.Training;

namespace RnnGen.Benchmarks.Cases;

/// <summary>Whole sequences, one at a time.</summary>
internal static class SequenceCases
{
    private const int Steps = 100;
    private const ulong Seed = 1;

    public static IReadOnlyList<BenchmarkCase> All { get; } =
    [
        Of(1, 16, seed => new Lstm1X16(seed)),
        Of(16, 32, seed => new Lstm16X32(seed)),
        Of(64, 64, seed => new Lstm64X64(seed)),
        Of(128, 128, seed => new Lstm128X128(seed)),
        Of(128, 256, seed => new Lstm128X256(seed)),
    ];

    private static BenchmarkCase Of<TState>(int inputs, int hidden, Func<ulong, IStreamedModel<TState>> create)
        where TState : StreamState<float>
    {
        string name = $"sequence/lstm/{inputs}x{hidden}/T{Steps}";
        var network = new Network(Cell.Lstm, inputs, hidden, Outputs: 1);
        return new BenchmarkCase(name, Activity.Sequence, network, Steps, Batch: 1)
        {
            Open = owner => new SequenceContender<TState>(owner, create(Seed)),
        };
    }
}
