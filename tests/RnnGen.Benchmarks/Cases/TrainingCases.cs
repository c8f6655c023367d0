using RnnGen.Benchmarks.Models;
using RnnGen.Training;

namespace RnnGen.Benchmarks.Cases;

/// <summary>Training steps over features, on one thread and on two.</summary>
internal static class TrainingCases
{
    private const int Outputs = 8;
    private const ulong Seed = 1;

    public static IReadOnlyList<BenchmarkCase> All { get; } =
    [
        .. Of(32, 32, new Network(Cell.Lstm, 32, 64, Outputs),
            seed => new TrainB32T32Lstm32X64(seed)),
        .. Of(32, 50, new Network(Cell.Lstm, 64, 128, Outputs),
            seed => new TrainB32T50Lstm64X128(seed)),
        .. Of(32, 50, new Network(Cell.Lstm, 128, 256, Outputs) { Layers = 2 },
            seed => new TrainB32T50Lstm128X256Deep(seed)),
        .. Of(32, 50, new Network(Cell.Lstm, 128, 256, Outputs) { Layers = 2, Bidirectional = true },
            seed => new TrainB32T50Lstm128X256BothWays(seed)),
        .. Of(20, 20, new Network(Cell.Lstm, 200, 200, Outputs) { Layers = 2 },
            seed => new TrainB20T20Lstm200X200Deep(seed)),
        .. Of(20, 35, new Network(Cell.Lstm, 650, 650, Outputs) { Layers = 2 },
            seed => new TrainB20T35Lstm650X650Deep(seed)),
        SecondThread(),
    ];

    private static IEnumerable<BenchmarkCase> Of<TTrainer>(
        int batch, int steps, Network network, Func<ulong, ITrainedModel<TTrainer>> create)
        where TTrainer : SequenceTrainer<float, float, float>
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
                Open = owner => Open(owner, create),
            };
        }
    }

    private static BenchmarkCase SecondThread()
    {
        var network = new Network(Cell.Lstm, 128, 256, Outputs) { Layers = 2 };
        return new BenchmarkCase("threads/lstm/B32T50/128x256x2", Activity.SecondThread, network, 50, 32)
        {
            Threads = 2,
            Open = owner => Open(owner, seed => new TrainB32T50Lstm128X256Deep(seed)),
        };
    }

    private static OurContender Open<TTrainer>(BenchmarkCase owner, Func<ulong, ITrainedModel<TTrainer>> create)
        where TTrainer : SequenceTrainer<float, float, float> =>
        new TrainingContender<TTrainer, float, float>(
            create(Seed), owner.Data.Features, owner.Data.Targets, owner.Threads);
}
