using System.Collections.Immutable;
using System.Numerics;

namespace RnnGen.Training;

/// <summary>
/// One forward pass of a generated model: the batch comes in axis by axis and feed by feed, the pass is run, and what
/// its heads give is read. Nothing is allocated but for more passes at the same time than ever before. Once it, or a
/// copy of it, is disposed, it throws <see cref="ObjectDisposedException"/>; one that no model began,
/// <see cref="InvalidOperationException"/>.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct ForwardCall<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Pool<InferenceWorkspace<T>> _workspaces;
    private readonly InferenceWorkspace<T> _workspace;
    private readonly long _call;

    internal ForwardCall(Pool<InferenceWorkspace<T>> workspaces)
    {
        _workspaces = workspaces;
        _workspace = workspaces.Rent();
        _call = _workspace.Begin();
    }

    // Null in a default value.
    private InferenceWorkspace<T> Workspace
    {
        get
        {
            if (_workspace is null)
            {
                throw new InvalidOperationException("This is no call yet: a model's Begin makes one.");
            }

            ObjectDisposedException.ThrowIf(!_workspace.IsRunning(_call), typeof(ForwardCall<T>));
            return _workspace;
        }
    }

    /// <summary>Lays out the sequences of an axis, each with a length of its own; its feeds come after.</summary>
    /// <param name="feed">An input along the axis.</param>
    /// <param name="count">Numbers that are given of it.</param>
    /// <param name="lengths">Steps of each sequence <c>[B]</c>.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <param name="order">How all rows along the axis follow one another.</param>
    /// <exception cref="ArgumentException">
    /// The count does not fit the lengths, there are none, or the feed is a target.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A length or the feed is outside its range.</exception>
    public void Arrange(
        int feed,
        int count,
        ReadOnlySpan<int> lengths,
        string name,
        SequenceOrder order = SequenceOrder.TimeMajor) => Workspace.Batch.Arrange(feed, count, lengths, name, order);

    /// <summary>Lays out the sequences of an axis, all of equal length; its feeds come after.</summary>
    /// <param name="feed">An input along the axis.</param>
    /// <param name="count">Numbers that are given of it.</param>
    /// <param name="sequences">B, the number of sequences.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <param name="order">How all rows along the axis follow one another.</param>
    /// <exception cref="ArgumentException">
    /// The count does not fit the number of sequences, or the feed is a target.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The number of sequences or the feed is outside its range.
    /// </exception>
    public void Arrange(
        int feed,
        int count,
        int sequences,
        string name,
        SequenceOrder order = SequenceOrder.TimeMajor) =>
        Workspace.Batch.Arrange(feed, count, SequenceLengths.Equal(sequences), name, order);

    /// <summary>Takes in the rows of an input. Numbers that are not finite are let in.</summary>
    /// <typeparam name="TValue"><see cref="int"/> or <typeparamref name="T"/>.</typeparam>
    /// <param name="feed">Which of <see cref="ModelShape.Feeds"/>.</param>
    /// <param name="values">One row per step and sequence, time-major, or one per sequence.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <exception cref="ArgumentException">A number of values does not fit, or the feed is a target.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token or the feed is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The sequences of its axis were not arranged.</exception>
    public void Write<TValue>(int feed, ReadOnlySpan<TValue> values, string name)
        where TValue : unmanaged
    {
        PackedBatch<T> batch = Workspace.Batch;
        batch.CheckInput(feed);
        batch.Write(feed, values, name, areFinite: false);
    }

    /// <summary>Refuses room for another number of outputs than a head will give.</summary>
    /// <param name="output">Which of <see cref="ModelShape.Outputs"/>.</param>
    /// <param name="count">Numbers that there is room for.</param>
    /// <param name="name">What the caller calls them.</param>
    /// <exception cref="ArgumentException">There is another number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such head.</exception>
    /// <exception cref="InvalidOperationException">The sequences of its axis were not arranged.</exception>
    public void Expect(int output, int count, string name) => Workspace.Batch.CheckOutputs(output, count, name);

    /// <summary>Runs the pass.</summary>
    /// <param name="initial">What the sequences start from; null for zeros, or for learned states.</param>
    /// <param name="final">Receives what each sequence ends in; null for nothing.</param>
    /// <exception cref="ArgumentException">States are another model's or another number's.</exception>
    /// <exception cref="InvalidOperationException">An input was refused, or not given.</exception>
    public void Run(RecurrentStates<T>? initial = null, RecurrentStates<T>? final = null) =>
        Workspace.Run(initial, final);

    /// <summary>Copies what a head has given.</summary>
    /// <param name="output">Which of <see cref="ModelShape.Outputs"/>.</param>
    /// <param name="outputs">
    /// Receives <c>[T, B, O]</c> with zeros after a sequence's end, or <c>[B, O]</c> for one row per sequence.
    /// </param>
    /// <exception cref="ArgumentException">There is too little room.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such head.</exception>
    public void Read(int output, Span<T> outputs) => Workspace.Read(output, outputs);

    /// <summary>Refuses room for the attention of another number of sequences than there are.</summary>
    /// <param name="count">Sequences that there is room for; 0 where attention is not asked for.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <exception cref="ArgumentException">There is another number.</exception>
    /// <exception cref="InvalidOperationException">The sequences were not arranged.</exception>
    public void ExpectAttention(int count, string name) => Workspace.Batch.CheckAttention(count, name);

    /// <summary>Copies what was attended to.</summary>
    /// <param name="attention">
    /// Receives of each sequence the matrices of <see cref="ModelShape.Attentions"/>; empty for nothing.
    /// </param>
    /// <exception cref="ArgumentException">There is room for another number of sequences.</exception>
    public void ReadAttention(Span<ImmutableArray<AttentionMatrix>> attention) =>
        Workspace.ReadAttention(attention);

    /// <summary>Gives the pass's memory back, once.</summary>
    public void Dispose()
    {
        if (_workspace is not null && _workspace.End(_call))
        {
            _workspaces.Return(_workspace);
        }
    }
}
