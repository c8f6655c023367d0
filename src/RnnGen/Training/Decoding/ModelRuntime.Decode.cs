using System.Collections.Immutable;

namespace RnnGen.Training;

// Encoder–decoders that give sequences token after token.
public sealed unsafe partial class ModelRuntime<T>
{
    // Of the last search; another one that runs at the same time has memory of its own.
    private SequenceSearch<T>? _search;

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
        var found = new ImmutableArray<Hypothesis>[1];
        Search(source, [StepsOf(source.Length, "source", nameof(source))], options, found);
        return found[0];
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
        int width = Shape.Feeds[0].Width;
        int together = Shape.Batch / Hypotheses(options);
        var found = new ImmutableArray<Hypothesis>[lengths.Length];
        for (int first = 0; first < lengths.Length; first += together)
        {
            int count = Math.Min(together, lengths.Length - first);
            ReadOnlySpan<int> those = lengths.AsSpan(first, count);
            int steps = 0;
            foreach (int length in those)
            {
                steps = Math.Max(steps, length);
            }

            var source = new TInput[steps * count * width];
            for (int i = 0; i < count; i++)
            {
                for (int step = 0; step < those[i]; step++)
                {
                    sources[first + i].AsSpan(step * width, width).CopyTo(
                        source.AsSpan(((step * count) + i) * width));
                }
            }

            Search<TInput>(source, those, options, found.AsSpan(first, count));
        }

        return [.. found];
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

    /// <summary>Finds hypotheses about sources that fit a batch together.</summary>
    internal void Search<TInput>(
        ReadOnlySpan<TInput> source,
        ReadOnlySpan<int> lengths,
        DecodingOptions options,
        Span<ImmutableArray<Hypothesis>> found)
        where TInput : unmanaged
    {
        SequenceSearch<T> search = Interlocked.Exchange(ref _search, null) ?? new SequenceSearch<T>(this);
        search.Run(source, lengths, options, options.MaxSteps ?? Shape.Axes[^1].Steps, found);
        _search = search;
    }
}
