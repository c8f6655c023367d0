using RnnGen.Benchmarks.Models;

namespace RnnGen.Benchmarks.Cases;

/// <summary>Streaming steps.</summary>
internal static class StepCases
{
    private const int Steps = 100;

    public static IReadOnlyList<BenchmarkCase> All { get; } =
    [
        Of<Lstm1X8>(Cell.Lstm, 1, 8),
        Of<Lstm1X16>(Cell.Lstm, 1, 16),
        Of<Lstm1X32>(Cell.Lstm, 1, 32),
        Of<Lstm1X64>(Cell.Lstm, 1, 64),
        Of<Lstm16X32>(Cell.Lstm, 16, 32),
        Of<Lstm64X64>(Cell.Lstm, 64, 64),
        Of<Lstm128X128>(Cell.Lstm, 128, 128),
        Of<Lstm256X256>(Cell.Lstm, 256, 256),
        Of<Gru1X8>(Cell.Gru, 1, 8),
        Of<Gru1X16>(Cell.Gru, 1, 16),
        Of<Gru1X32>(Cell.Gru, 1, 32),
        Of<Gru1X64>(Cell.Gru, 1, 64),
        Of<Gru16X32>(Cell.Gru, 16, 32),
        Of<Gru64X64>(Cell.Gru, 64, 64),
        Of<Gru128X128>(Cell.Gru, 128, 128),
        Of<Gru256X256>(Cell.Gru, 256, 256),
        Of<GruCho1X8>(Cell.GruCho, 1, 8),
        Of<GruCho16X32>(Cell.GruCho, 16, 32),
        Of<GruCho64X64>(Cell.GruCho, 64, 64),
        Of<GruCho128X128>(Cell.GruCho, 128, 128),
    ];

    private static BenchmarkCase Of<TModel>(Cell cell, int inputs, int hidden)
    {
        string name = cell switch { Cell.Lstm => "lstm", Cell.Gru => "gru", _ => "gru-cho" };
        var network = new Network(cell, inputs, hidden, Outputs: 1);
        return new BenchmarkCase($"step/{name}/{inputs}x{hidden}", Activity.Step, network, Steps, Batch: 1)
        {
            Model = typeof(TModel),
            Open = StepContender.Create,
        };
    }
}
