using RnnGen.Benchmarks.Models;

namespace RnnGen.Benchmarks.Cases;

/// <summary>An encoder and its decoder, without attention and with it: training, and decoding one source.</summary>
internal static class TranslationCases
{
    private const int Vocabulary = 50;
    private const int Size = 256;
    private const int Steps = 20;
    private const int Batch = 64;
    private const int BeamSize = 5;

    public static IReadOnlyList<BenchmarkCase> All { get; } =
    [
        .. Of<Translator>("plain", attends: false),
        .. Of<AttentiveTranslator>("attention", attends: true),
    ];

    private static IEnumerable<BenchmarkCase> Of<TModel>(string kind, bool attends)
    {
        var network = new TranslationNetwork(Cell.Gru, Size, Vocabulary, Steps)
        {
            Vocabulary = Vocabulary,
            Attends = attends,
        };
        foreach (int threads in (int[])[1, 2])
        {
            string name = $"translate/gru/{kind}/B{Batch}T{Steps}/{Size}/threads{threads}";
            yield return new BenchmarkCase(name, Activity.Training, network, Steps, Batch)
            {
                Threads = threads,
                Model = typeof(TModel),
                Open = owner => new TranslationContender(owner, new BenchmarkModel(owner.Model)),
            };
        }

        foreach (int beam in (int[])[1, BeamSize])
        {
            string search = beam == 1 ? "greedy" : $"beam{beam}";
            string name = $"translate/gru/{kind}/T{Steps}/{Size}/{search}";
            yield return new BenchmarkCase(name, Activity.Decoding, network, Steps, Batch: 1)
            {
                BeamSize = beam,
                Model = typeof(TModel),
                Open = owner => DecodingContender.Open(owner, new BenchmarkModel(owner.Model)),
            };
        }
    }
}
