using System.Collections.Immutable;

namespace RnnGen.Training;

// Encoder–decoders that give sequences token after token.
public sealed unsafe partial class ModelRuntime<T>
{
    // Searches that run at the same time have memory of their own.
    private readonly Pool<SequenceSearch<T>> _searches;

    /// <summary>Finds likely target sequences for a source.</summary>
    /// <typeparam name="TInput"><see cref="int"/> for tokens, <typeparamref name="T"/> for features.</typeparam>
    /// <param name="source">Tokens <c>[T]</c> or features <c>[T, F]</c>, T from 1 to the model's source steps.</param>
    /// <param name="options">How to search; null for greedy search.</param>
    /// <returns><see cref="DecodingOptions.Count"/> hypotheses or fewer, the best first.</returns>
    /// <exception cref="ArgumentException">
    /// A number of values does not fit, there are too many hypotheses, or an option has no effect beside the others.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is outside its range.</exception>
    /// <exception cref="NotSupportedException">The model does not decode.</exception>
    public ImmutableArray<Hypothesis> Decode<TInput>(ReadOnlySpan<TInput> source, DecodingOptions? options = null)
        where TInput : unmanaged
    {
        options = CheckDecoding(options);
        ImmutableArray<Hypothesis> found = default;
        Search(source, [StepsOf(source.Length, "source", nameof(source))], options, new(ref found));
        return found;
    }

    /// <summary>Finds likely target sequences for several sources, as many at the same time as a batch holds.</summary>
    /// <typeparam name="TInput"><see cref="int"/> for tokens, <typeparamref name="T"/> for features.</typeparam>
    /// <param name="sources">Of each tokens <c>[T]</c> or features <c>[T, F]</c>; any number of them.</param>
    /// <param name="options">How to search; null for greedy search.</param>
    /// <returns>Of each source <see cref="DecodingOptions.Count"/> hypotheses or fewer, the best first.</returns>
    /// <inheritdoc cref="Decode{TInput}(ReadOnlySpan{TInput}, DecodingOptions?)" path="/exception"/>
    public ImmutableArray<ImmutableArray<Hypothesis>> Decode<TInput>(
        IReadOnlyList<TInput[]> sources, DecodingOptions? options = null)
        where TInput : unmanaged
    {
        options = CheckDecoding(options);
        int[] lengths = Lengths(sources);
        var found = new ImmutableArray<Hypothesis>[lengths.Length];
        ForEachBatch(sources, lengths, Shape.Batch / Hypotheses(options), (source, first, those) =>
            Search<TInput>(source, those, options, found.AsSpan(first, those.Length)));
        return [.. found];
    }

    private delegate void OnBatch<TInput>(TInput[] source, int first, int[] lengths);

    // As many at a time as fit, time-major.
    private void ForEachBatch<TInput>(
        IReadOnlyList<TInput[]> sources, int[] lengths, int together, OnBatch<TInput> run)
    {
        int width = Shape.Feeds[0].Width;
        for (int first = 0; first < lengths.Length; first += together)
        {
            int[] those = lengths[first..Math.Min(lengths.Length, first + together)];
            var source = new TInput[those.Max() * those.Length * width];
            for (int i = 0; i < those.Length; i++)
            {
                for (int step = 0; step < those[i]; step++)
                {
                    sources[first + i].AsSpan(step * width, width).CopyTo(
                        source.AsSpan(((step * those.Length) + i) * width));
                }
            }

            run(source, first, those);
        }
    }

    /// <summary>How likely given targets are: the hypothesis that each is.</summary>
    /// <typeparam name="TInput"><see cref="int"/> for tokens, <typeparamref name="T"/> for features.</typeparam>
    /// <param name="sources">Of each tokens <c>[T]</c> or features <c>[T, F]</c>; any number of them.</param>
    /// <param name="targets">Of each source its target, <c>[T]</c>, without the end.</param>
    /// <param name="options">The penalties of the score, and whether attention is wanted; null for none.</param>
    /// <returns>Of each source its target, with its log-probability and score.</returns>
    /// <exception cref="ArgumentException">
    /// There are as many of both not, a number of values or a token is outside its range, a target has its end in it,
    /// or an option is none of those.
    /// </exception>
    /// <exception cref="NotSupportedException">The model does not decode.</exception>
    public ImmutableArray<Hypothesis> Score<TInput>(
        IReadOnlyList<TInput[]> sources, IReadOnlyList<int[]> targets, DecodingOptions? options = null)
        where TInput : unmanaged
    {
        options = CheckDecoding(options);
        CheckForced(options);
        int[] lengths = Lengths(sources);
        CheckTargets(sources.Count, targets);
        var found = new ImmutableArray<Hypothesis>[lengths.Length];
        ForEachBatch(sources, lengths, Shape.Batch, (source, first, those) => Search<TInput>(
            source, those, options, found.AsSpan(first, those.Length), [.. targets.Skip(first).Take(those.Length)]));
        return [.. found.Select(one => one[0])];
    }

    private static void CheckForced(DecodingOptions options)
    {
        string? idle = options.Sample ? nameof(options.Sample)
            : options.BeamSize != 1 ? nameof(options.BeamSize)
            : options.Count != 1 ? nameof(options.Count)
            : options.MaxSteps is not null ? nameof(options.MaxSteps)
            : null;
        if (idle is not null)
        {
            throw new ArgumentException(
                $"{idle} is given, and nothing is looked for where the targets are.", nameof(options));
        }
    }

    private void CheckTargets(int sources, IReadOnlyList<int[]> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count != sources)
        {
            throw new ArgumentException(
                $"{Quantity.There(targets.Count, "target")} and {Quantity.Of(sources, "source")}; there must be as "
                + "many of both.",
                nameof(targets));
        }

        int most = Shape.Axes[^1].Steps - 1;
        int vocabulary = Shape.DecoderOutput.Size;
        for (int i = 0; i < sources; i++)
        {
            int[] target = targets[i] ?? throw new ArgumentException($"targets[{i}] is null.", nameof(targets));
            if (target.Length > most)
            {
                throw new ArgumentException(
                    $"targets[{i}] has {Quantity.Of(target.Length, "token")}; with its end a target has at most "
                    + $"{most + 1}.",
                    nameof(targets));
            }

            for (int step = 0; step < target.Length; step++)
            {
                if ((uint)target[step] >= (uint)vocabulary || target[step] == Shape.EndToken)
                {
                    throw new ArgumentException(
                        $"targets[{i}][{step}] is {target[step]}; it must be from 0 to {vocabulary - 1}, and not the "
                        + $"end, {Shape.EndToken}.",
                        nameof(targets));
                }
            }
        }
    }

    private int[] Lengths<TInput>(IReadOnlyList<TInput[]> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        int[] lengths = new int[sources.Count];
        for (int i = 0; i < lengths.Length; i++)
        {
            int length = sources[i]?.Length
                ?? throw new ArgumentException($"sources[{i}] is null.", nameof(sources));
            lengths[i] = StepsOf(length, $"sources[{i}]", nameof(sources));
        }

        return lengths;
    }

    /// <summary>Steps of a source of so many numbers; it must be of the model's kind.</summary>
    internal int StepsOf<TInput>(int count) => typeof(TInput) == typeof(int) == Shape.Feeds[0].HasIndices
        ? StepsOf(count, "source", "source")
        : throw new ArgumentException(
            $"The model reads {(Shape.Feeds[0].HasIndices ? "tokens and not numbers" : "numbers and not tokens")}.",
            "source");

    private int StepsOf(int count, string name, string parameter)
    {
        int width = Shape.Feeds[0].Width;
        if (count % width == 0 && count / width is >= 1 and var steps && steps <= Shape.Steps)
        {
            return steps;
        }

        throw new ArgumentException(
            Shape.Feeds[0].HasIndices
                ? $"{name} has {Quantity.Of(count, "token")}; a sequence has from 1 to {Shape.Steps}."
                : $"{name} has {Quantity.Of(count, "number")}; a sequence has from 1 to {Shape.Steps} steps of "
                    + $"{width}.",
            parameter);
    }

    /// <summary>Refuses options that do not fit the model.</summary>
    /// <returns>The options, or greedy search.</returns>
    internal DecodingOptions CheckDecoding(DecodingOptions? options)
    {
        if (Shape.EndToken is null)
        {
            throw new NotSupportedException(
                "This model does not decode: write Start and End in [EncoderDecoder].");
        }

        options ??= new DecodingOptions();
        options.CheckEffects(nameof(options));
        if (Shape.Attentions.IsEmpty && (options.Attention || options.CoveragePenalty > 0))
        {
            throw new ArgumentException(
                $"{(options.Attention ? "Attention" : "CoveragePenalty")} is given, and the model attends to nothing.",
                nameof(options));
        }

        if (Hypotheses(options) > Shape.Batch)
        {
            throw new ArgumentException(
                $"{(options.Sample ? "Count" : "BeamSize")} is {Hypotheses(options)}; it must be from 1 to "
                + $"{Shape.Batch}, the model's batch.",
                nameof(options));
        }

        return options.Sample || options.Count <= options.BeamSize ? options : throw new ArgumentException(
            $"Count is {options.Count} and BeamSize {options.BeamSize}; a beam finds as many hypotheses as it has "
            + "places.",
            nameof(options));
    }

    /// <summary>Places that each source takes in a batch.</summary>
    internal static int Hypotheses(DecodingOptions options) => options.Sample ? options.Count : options.BeamSize;

    /// <summary>Makes what decodes token after token.</summary>
    /// <exception cref="NotSupportedException">The model does not decode.</exception>
    public StreamingDecoder<T> CreateDecoder()
    {
        CheckDecoding(null);
        return new StreamingDecoder<T>(this);
    }

    /// <summary>Finds hypotheses about sources that fit a batch together.</summary>
    /// <param name="source">Time-major, <c>[T, B]</c> or <c>[T, B, F]</c>.</param>
    /// <param name="lengths">Steps of each, <c>[B]</c>.</param>
    /// <param name="options">How to search.</param>
    /// <param name="found">Receives of each source its hypotheses.</param>
    /// <param name="forced">Targets to follow, one of each source; null to look for likely ones.</param>
    internal void Search<TInput>(
        ReadOnlySpan<TInput> source,
        ReadOnlySpan<int> lengths,
        DecodingOptions options,
        Span<ImmutableArray<Hypothesis>> found,
        IReadOnlyList<int[]>? forced = null)
        where TInput : unmanaged
    {
        SequenceSearch<T> search = _searches.Rent();
        try
        {
            search.Run(source, lengths, options, options.MaxSteps ?? Shape.Axes[^1].Steps, found, forced);
        }
        finally
        {
            _searches.Return(search);
        }
    }
}
