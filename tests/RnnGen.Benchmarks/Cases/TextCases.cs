using RnnGen.Benchmarks.Models;

namespace RnnGen.Benchmarks.Cases;

/// <summary>Training steps of a word model, on one thread and on two.</summary>
internal static class TextCases
{
    private const int Vocabulary = 10_000;

    public static IReadOnlyList<BenchmarkCase> All { get; } = [Of(threads: 1), Of(threads: 2)];

    private static BenchmarkCase Of(int threads)
    {
        var network = new Network(Cell.Lstm, 200, 200, Vocabulary) { Vocabulary = Vocabulary, Layers = 2 };
        string name = $"text/lstm/B20T20/{Vocabulary}x200x2/threads{threads}";
        return new BenchmarkCase(name, Activity.Training, network, Steps: 20, Batch: 20)
        {
            Threads = threads,
            Model = typeof(TextModel),
            Open = owner => new TrainingContender<int, int>(
                owner, new BenchmarkModel(owner.Model), owner.Data.Tokens, owner.Data.Classes),
        };
    }
}
