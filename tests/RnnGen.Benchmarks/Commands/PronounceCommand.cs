using System.CommandLine;
using System.Globalization;
using RnnGen.Benchmarks.Deployed;
using RnnGen.Benchmarks.Timing;
#if PEERS
using RnnGen.Benchmarks.Cases;
using RnnGen.Benchmarks.Peers.Torch;
#endif

namespace RnnGen.Benchmarks.Commands;

/// <summary>
/// <c>pronounce</c>: a deployed encoder–decoder, g2p_en, with its published weights: whether it gives what its
/// equations do, and how fast, beside a plain loop over PyTorch's modules.
/// </summary>
internal static class PronounceCommand
{
    private const int MostPhonemes = 20;
    private const int MostTimed = 128;
    private const int Seed = 20_250_101;

    private static readonly DecodingOptions Greedy = new() { MaxSteps = MostPhonemes };

    public static Command Create()
    {
        var checkpoint = new Argument<FileInfo>("checkpoint") { Description = "g2p_en's checkpoint20.npz" };
        var words = new Argument<FileInfo>("words")
        {
            Description = "Words, the first of each line: those of the letters a to z only are taken",
        };
        checkpoint.AcceptExistingOnly();
        words.AcceptExistingOnly();
        var count = new Option<int>("--count")
        {
            Description = "How many words, drawn from the file",
            HelpName = "N",
            DefaultValueFactory = _ => 1000,
        };
        var command = new Command("pronounce", "Runs g2p_en's published network, checks it, and times it.")
        {
            checkpoint, words, count,
        };
        command.SetAction(result => Run(
            new NumpyArchive(result.GetValue(checkpoint)!.FullName),
            Draw(result.GetValue(words)!.FullName, result.GetValue(count))));
        return command;
    }

    private static int Run(NumpyArchive checkpoint, string[] words)
    {
        GraphemeToPhoneme model = GraphemeToPhoneme.Create(checkpoint);
        int[][] sources = [.. words.Select(GraphemeToPhoneme.Encode)];
        var equations = new GraphemeEquations(checkpoint);
        int[][] expected = [.. sources.Select(source => equations.Decode(source, MostPhonemes).ToArray())];
        int same = Same(expected, [.. sources.Select(source => Decode(model, source))]);
        int sameTogether = Same(
            expected, [.. model.Decode(sources, Greedy).Select(found => found[0].Tokens.ToArray())]);
        Print($"g2p words={words.Length} as_equations={same} batched_as_equations={sameTogether}");

        int[][] timed = sources[..Math.Min(MostTimed, sources.Length)];
        void RunAlone(int calls) => ForEach(calls, () => Array.ForEach(timed, source => Decode(model, source)));
        void RunTogether(int calls) => ForEach(calls, () => model.Decode(timed, Greedy));
        var alternation = new Alternation(seconds: 4);
        Print($"g2p one_by_one words_per_second={PerSecond(timed.Length, alternation.Measure(RunAlone)):f0}");
        double together = PerSecond(timed.Length, alternation.Measure(RunTogether));
        Print($"g2p batches_of_{GraphemeToPhoneme.Batch} words_per_second={together:f0}");
#if PEERS
        using var peer = TorchPhonemes.Create(new BenchmarkModel(model).ReadTensors(), MostPhonemes);
        int sameOfPeer = Same(expected, [.. sources.Select(peer.Decode)]);
        Print($"g2p peer=TorchSharp as_equations={sameOfPeer}");
        void RunPeer(int calls) => ForEach(calls, () => Array.ForEach(sources, source => peer.Decode(source)));
        (double ours, double theirs) = alternation.Compare(RunAlone, RunPeer);
        (double our, double their) = (PerSecond(timed.Length, ours), PerSecond(timed.Length, theirs));
        Print($"g2p peer=TorchSharp one_by_one words_per_second={their:f0} ours={our:f0} ratio={our / their:f2}");
        same = Math.Min(same, sameOfPeer);
#endif
        return Math.Min(same, sameTogether) == words.Length ? 0 : 1;
    }

    private static int[] Decode(GraphemeToPhoneme model, int[] source) => [.. model.Decode(source, Greedy)[0].Tokens];

    private static int Same(int[][] expected, int[][] found) =>
        expected.Zip(found).Count(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    private static double PerSecond(int words, double microseconds) => words / microseconds * 1e6;

    private static void ForEach(int calls, Action run)
    {
        for (int i = 0; i < calls; i++)
        {
            run();
        }
    }

    private static string[] Draw(string path, int count)
    {
        string[] all =
        [
            .. File.ReadLines(path).Select(line => line.Split(' ')[0])
                .Where(word => word.Length >= 1
                    && word.Length <= GraphemeToPhoneme.MostLetters
                    && word.All(letter => letter is >= 'a' and <= 'z'))
                .Distinct(),
        ];
        new Random(Seed).Shuffle(all);
        return all.Length >= 1 && count >= 1 ? [.. all.Take(count)] : throw new ArgumentException(
            $"{count} of {all.Length} words are asked for: there must be one of the letters a to z, in front of a "
            + "space, in some line.");
    }

    private static void Print(FormattableString line) =>
        Console.Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
