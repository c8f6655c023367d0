using RnnGen.Benchmarks.Models;
using RnnGen.Training;

namespace RnnGen.Benchmarks.Cases;

/// <summary>Streaming steps.</summary>
internal static class StepCases
{
    private const int Steps = 100;
    private const ulong Seed = 1;

    public static IReadOnlyList<BenchmarkCase> All { get; } =
    [
        Of(Cell.Lstm, 1, 8, seed => new Lstm1X8(seed)),
        Of(Cell.Lstm, 1, 16, seed => new Lstm1X16(seed)),
        Of(Cell.Lstm, 1, 32, seed => new Lstm1X32(seed)),
        Of(Cell.Lstm, 1, 64, seed => new Lstm1X64(seed)),
        Of(Cell.Lstm, 16, 32, seed => new Lstm16X32(seed)),
        Of(Cell.Lstm, 64, 64, seed => new Lstm64X64(seed)),
        Of(Cell.Lstm, 128, 128, seed => new Lstm128X128(seed)),
        Of(Cell.Lstm, 256, 256, seed => new Lstm256X256(seed)),
        Of(Cell.Gru, 1, 8, seed => new Gru1X8(seed)),
        Of(Cell.Gru, 1, 16, seed => new Gru1X16(seed)),
        Of(Cell.Gru, 1, 32, seed => new Gru1X32(seed)),
        Of(Cell.Gru, 1, 64, seed => new Gru1X64(seed)),
        Of(Cell.Gru, 16, 32, seed => new Gru16X32(seed)),
        Of(Cell.Gru, 64, 64, seed => new Gru64X64(seed)),
        Of(Cell.Gru, 128, 128, seed => new Gru128X128(seed)),
        Of(Cell.Gru, 256, 256, seed => new Gru256X256(seed)),
        Of(Cell.GruCho, 1, 8, seed => new GruCho1X8(seed)),
        Of(Cell.GruCho, 16, 32, seed => new GruCho16X32(seed)),
        Of(Cell.GruCho, 64, 64, seed => new GruCho64X64(seed)),
        Of(Cell.GruCho, 128, 128, seed => new GruCho128X128(seed)),
    ];

    private static BenchmarkCase Of<TState>(
        Cell cell, int inputs, int hidden, Func<ulong, IStreamedModel<TState>> create)
        where TState : StreamState<float>
    {
        string name = cell switch { Cell.Lstm => "lstm", Cell.Gru => "gru", _ => "gru-cho" };
        var network = new Network(cell, inputs, hidden, Outputs: 1);
        return new BenchmarkCase($"step/{name}/{inputs}x{hidden}", Activity.Step, network, Steps, Batch: 1)
        {
            Open = owner => new StepContender<TState>(owner, create(Seed)),
        };
    }
}
