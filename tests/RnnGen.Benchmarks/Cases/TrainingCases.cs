using RnnGen.Benchmarks.Models;

namespace RnnGen.Benchmarks.Cases;

/// <summary>Training steps over features, on one thread and on two.</summary>
internal static class TrainingCases
{
    private const int Outputs = 8;

    public static IReadOnlyList<BenchmarkCase> All { get; } =
    [
        .. Of<TrainB32T32Lstm32X64>(
            32, 32, new Network(Cell.Lstm, 32, 64, Outputs)),
        .. Of<TrainB32T50Lstm64X128>(
            32, 50, new Network(Cell.Lstm, 64, 128, Outputs)),
        .. Of<TrainB32T50Lstm128X256Deep>(
            32, 50, new Network(Cell.Lstm, 128, 256, Outputs) { Layers = 2 }),
        .. Of<TrainB32T50Lstm128X256BothWays>(
            32, 50, new Network(Cell.Lstm, 128, 256, Outputs) { Layers = 2, Bidirectional = true }),
        .. Of<TrainB20T20Lstm200X200Deep>(
            20, 20, new Network(Cell.Lstm, 200, 200, Outputs) { Layers = 2 }),
        .. Of<TrainB20T35Lstm650X650Deep>(
            20, 35, new Network(Cell.Lstm, 650, 650, Outputs) { Layers = 2 }),
        SecondThread(),
    ];

    private static IEnumerable<BenchmarkCase> Of<TModel>(int batch, int steps, Network network)
    {
        string layers = network.Layers > 1 ? $"x{network.Layers}" : "";
        string directions = network.Bidirectional ? "/bidirectional" : "";
        string shape = $"B{batch}T{steps}/{network.Inputs}x{network.Hidden}{layers}{directions}";
        foreach (int threads in (int[])[1, 2])
        {
            string name = $"train/lstm/{shape}/threads{threads}";
            yield return new BenchmarkCase(name, Activity.Training, network, steps, batch)
            {
                Threads = threads,
                Model = typeof(TModel),
                Open = Open,
            };
        }
    }

    private static BenchmarkCase SecondThread()
    {
        var network = new Network(Cell.Lstm, 128, 256, Outputs) { Layers = 2 };
        return new BenchmarkCase("threads/lstm/B32T50/128x256x2", Activity.SecondThread, network, 50, 32)
        {
            Threads = 2,
            Model = typeof(TrainB32T50Lstm128X256Deep),
            Open = Open,
        };
    }

    private static OurContender Open(BenchmarkCase owner) => new TrainingContender<float, float>(
        owner, new BenchmarkModel(owner.Model), owner.Data.Features, owner.Data.Targets);
}
