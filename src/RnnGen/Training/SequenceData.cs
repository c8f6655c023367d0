using RnnGen.Training;

namespace RnnGen;

/// <summary>Makes the usual kinds of training data. Nothing is copied: the arrays must not change meanwhile.</summary>
public static class SequenceData
{
    /// <summary>
    /// Next-token prediction over one long text: the text is cut in as many equal streams as the model's batch, which
    /// are read side by side in windows of the model's steps; the state is carried from window to window. Each stream
    /// starts without memory, which would spoil a measure of short ones: as validation data they are as few as it takes
    /// for each to have 16 windows or more, and one where the text is shorter than 32.
    /// </summary>
    /// <param name="tokens">The text: 2 tokens or more. Every token but the last is an input, every one but the first a
    /// target; the last windows are shorter if need be.</param>
    public static SequenceData<int, int> Windows(ReadOnlyMemory<int> tokens) => tokens.Length < 2
        ? throw new ArgumentException(
            $"{Quantity.There(tokens.Length, "token")}; next-token prediction needs 2 or more.", nameof(tokens))
        : new StreamWindows<int, int>(tokens[..^1], tokens[1..]);

    /// <inheritdoc cref="Windows(ReadOnlyMemory{int})"/>
    public static SequenceData<int, int> Windows(int[] tokens) => Windows((ReadOnlyMemory<int>)tokens);

    /// <summary>
    /// One long series with a target for every step: cut in as many equal streams as the model's batch, which are read
    /// side by side in windows of the model's steps; the state is carried from window to window. As validation data the
    /// streams are fewer, as for <see cref="Windows(ReadOnlyMemory{int})"/>.
    /// </summary>
    /// <typeparam name="TInput"><see cref="int"/> for tokens, the model's number for features.</typeparam>
    /// <typeparam name="TTarget"><see cref="int"/> for classes, the model's number for values.</typeparam>
    /// <param name="inputs">Tokens <c>[N]</c> or features <c>[N, F]</c>.</param>
    /// <param name="targets">Classes <c>[N]</c> or values <c>[N, O]</c>.</param>
    public static SequenceData<TInput, TTarget> Windows<TInput, TTarget>(
        ReadOnlyMemory<TInput> inputs, ReadOnlyMemory<TTarget> targets)
        where TInput : unmanaged
        where TTarget : unmanaged
        => new StreamWindows<TInput, TTarget>(inputs, targets);

    /// <inheritdoc cref="Windows{TInput, TTarget}(ReadOnlyMemory{TInput}, ReadOnlyMemory{TTarget})"/>
    public static SequenceData<TInput, TTarget> Windows<TInput, TTarget>(TInput[] inputs, TTarget[] targets)
        where TInput : unmanaged
        where TTarget : unmanaged
        => new StreamWindows<TInput, TTarget>(inputs, targets);

    /// <summary>
    /// Overlapping windows of the model's steps over one series, each a sequence of its own that starts from the zero
    /// state; shuffled every epoch. For forecasting from short series.
    /// </summary>
    /// <typeparam name="TInput"><see cref="int"/> for tokens, the model's number for features.</typeparam>
    /// <typeparam name="TTarget"><see cref="int"/> for classes, the model's number for values.</typeparam>
    /// <param name="inputs">Tokens <c>[N]</c> or features <c>[N, F]</c>; N at least the model's steps.</param>
    /// <param name="targets">
    /// Classes <c>[N]</c> or values <c>[N, O]</c>. A model with one output per sequence takes that of a window's last
    /// step.
    /// </param>
    /// <param name="stride">Steps from the start of one window to the next: 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stride"/> is below 1.</exception>
    public static SequenceData<TInput, TTarget> SlidingWindows<TInput, TTarget>(
        TInput[] inputs, TTarget[] targets, int stride = 1)
        where TInput : unmanaged
        where TTarget : unmanaged
        => new SlidingWindows<TInput, TTarget>(inputs, targets, stride);

    /// <summary>Sequences of any lengths with a target for every step; shuffled every epoch.</summary>
    /// <typeparam name="TInput"><see cref="int"/> for tokens, the model's number for features.</typeparam>
    /// <typeparam name="TTarget"><see cref="int"/> for classes, the model's number for values.</typeparam>
    /// <param name="inputs">Of each sequence its tokens <c>[T]</c> or features <c>[T, F]</c>, T from 1 to the model's
    /// steps.</param>
    /// <param name="targets">Of each sequence its classes <c>[T]</c> or values <c>[T, O]</c>.</param>
    /// <exception cref="ArgumentException">The numbers of sequences differ, or there are none.</exception>
    public static SequenceData<TInput, TTarget> Sequences<TInput, TTarget>(
        IReadOnlyList<TInput[]> inputs, IReadOnlyList<TTarget[]> targets)
        where TInput : unmanaged
        where TTarget : unmanaged
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (inputs.Count != targets.Count || inputs.Count == 0)
        {
            throw new ArgumentException(
                $"{Quantity.There(inputs.Count, "input sequence")} and "
                + $"{Quantity.Of(targets.Count, "target sequence")}; there must be as many of both, and 1 or more.",
                nameof(targets));
        }

        return new SequenceList<TInput, TTarget>(
            [.. inputs.Select(values => new ReadOnlyMemory<TInput>(values))],
            [.. targets.Select(values => new ReadOnlyMemory<TTarget>(values))],
            isLabelled: false);
    }

    /// <summary>Sequences of any lengths with one target each, for models that give one output per sequence; shuffled
    /// every epoch.</summary>
    /// <typeparam name="TInput"><see cref="int"/> for tokens, the model's number for features.</typeparam>
    /// <typeparam name="TTarget"><see cref="int"/> for classes, the model's number for values.</typeparam>
    /// <param name="inputs">Of each sequence its tokens <c>[T]</c> or features <c>[T, F]</c>, T from 1 to the model's
    /// steps.</param>
    /// <param name="labels">The class of each sequence <c>[N]</c>, or its values <c>[N, O]</c>.</param>
    /// <exception cref="ArgumentException">
    /// The labels cannot be shared out evenly, or there are no sequences.
    /// </exception>
    public static SequenceData<TInput, TTarget> Labelled<TInput, TTarget>(
        IReadOnlyList<TInput[]> inputs, TTarget[] labels)
        where TInput : unmanaged
        where TTarget : unmanaged
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        if (inputs.Count == 0 || labels.Length == 0 || labels.Length % inputs.Count != 0)
        {
            throw new ArgumentException(
                $"{Quantity.There(inputs.Count, "sequence")} and {Quantity.Of(labels.Length, "label")}; there must be "
                + "as many labels for every sequence.",
                nameof(labels));
        }

        int width = labels.Length / inputs.Count;
        return new SequenceList<TInput, TTarget>(
            [.. inputs.Select(values => new ReadOnlyMemory<TInput>(values))],
            [.. inputs.Select((_, i) => new ReadOnlyMemory<TTarget>(labels, i * width, width))],
            isLabelled: true);
    }
}
