using RnnGen.Benchmarks.Models;

namespace RnnGen.Benchmarks.Cases;

/// <summary>Whole sequences, one at a time.</summary>
internal static class SequenceCases
{
    private const int Steps = 100;

    public static IReadOnlyList<BenchmarkCase> All { get; } =
    [
        Of<Lstm1X16>(1, 16),
        Of<Lstm16X32>(16, 32),
        Of<Lstm64X64>(64, 64),
        Of<Lstm128X128>(128, 128),
        Of<Lstm128X256>(128, 256),
    ];

    private static BenchmarkCase Of<TModel>(int inputs, int hidden)
    {
        string name = $"sequence/lstm/{inputs}x{hidden}/T{Steps}";
        var network = new Network(Cell.Lstm, inputs, hidden, Outputs: 1);
        return new BenchmarkCase(name, Activity.Sequence, network, Steps, Batch: 1)
        {
            Model = typeof(TModel),
            Open = owner => new SequenceContender(owner, new BenchmarkModel(owner.Model)),
        };
    }
}
