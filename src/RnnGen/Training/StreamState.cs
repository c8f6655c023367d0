using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>
/// The hidden state of one stream over a model. A model may have any number of them; each belongs to one thread at a
/// time, and different ones may be stepped at the same time.
/// </summary>
/// <remarks>
/// That no two threads use one state at the same time is not checked, since a check would cost as much as a small step:
/// they would get numbers that are neither stream's.
/// </remarks>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class StreamState<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Type _kernels;
    private readonly SimdTarget _target;
    private bool _refuseNonFinite;

    /// <summary>
    /// Makes the state of a stream that has not begun: zeros, or what layers have learned to start from, as their
    /// weights are now.
    /// </summary>
    /// <param name="model">The model that the state belongs to.</param>
    /// <exception cref="NotSupportedException">
    /// The model does not stream: it is bidirectional, or an encoder–decoder.
    /// </exception>
    protected StreamState(ModelRuntime<T> model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!model.Shape.Streams)
        {
            throw new NotSupportedException(
                "This model cannot be stepped: bidirectional models and encoder–decoders need the whole sequence. "
                + "Use Forward.");
        }

        Model = model;
        Arena = new Arena<T>(model.Shape.StateLength);
        UncheckedArena = Arena;
        BeginAnew();
        _kernels = model.Kernels.GetType();
        _target = model.Kernels.Target;
    }

    /// <summary>
    /// Whether a step refuses features that are NaN or infinite, false at first. One that was let in stays: all outputs
    /// from then on may be NaN. What is refused is not fed: the stream stays where it was. For a model of tokens this
    /// changes nothing; <see cref="CopyTo"/> does not copy it.
    /// </summary>
    /// <exception cref="ObjectDisposedException">It is set, and the state was disposed.</exception>
    public bool RefuseNonFinite
    {
        get => _refuseNonFinite;
        set
        {
            Arena<T> arena = Living();
            _refuseNonFinite = value;
            UncheckedArena = value ? null : arena;
        }
    }

    /// <summary>The model that the state belongs to; null once disposed.</summary>
    internal ModelRuntime<T>? Model { get; private set; }

    /// <summary>The state's numbers; null once disposed.</summary>
    internal Arena<T>? Arena { get; private set; }

    /// <summary>
    /// The state's numbers where features may be anything; null once disposed. Steps ask for it first, so that a stream
    /// that refuses nothing pays nothing.
    /// </summary>
    internal Arena<T>? UncheckedArena { get; private set; }

    /// <summary>
    /// Starts the stream again: the state becomes zeros, or what layers have learned to start from, as their weights
    /// are now.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The state was disposed.</exception>
    public void Reset()
    {
        Living().Span.Clear();
        BeginAnew();
    }

    /// <summary>A copy of a recurrent state where the stream stands now.</summary>
    /// <param name="name">The state's name, for instance <c>lstm.hidden</c>.</param>
    /// <returns>Its numbers <c>[L, 1, H]</c>, layer after layer.</returns>
    /// <exception cref="ArgumentException">The model has no such state.</exception>
    /// <exception cref="ObjectDisposedException">The state was disposed.</exception>
    public T[] Get(string name)
    {
        Living();
        var tensor = StateTensor.Find(Model!.Shape, name);
        var values = new T[tensor.Length(sequences: 1)];
        foreach (StateBuffer state in Model.Shape.States)
        {
            if (state.FullName == name)
            {
                StateAt(state).CopyTo(values.AsSpan(state.Place * state.Size));
            }
        }

        return values;
    }

    /// <summary>
    /// Lets the stream go on from other recurrent states. What else it remembers, a mean or maximum so far, stays.
    /// </summary>
    /// <param name="name">The state's name, for instance <c>lstm.hidden</c>.</param>
    /// <param name="values">Its numbers <c>[L, 1, H]</c>, layer after layer.</param>
    /// <exception cref="ArgumentException">
    /// The model has no such state; its numbers are more or fewer; or one is infinite or NaN, and
    /// <see cref="RefuseNonFinite"/> is set.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The state was disposed.</exception>
    public void Set(string name, ReadOnlySpan<T> values)
    {
        Living();
        StateTensor.Find(Model!.Shape, name).CheckCount(values.Length, sequences: 1);
        for (int i = 0; RefuseNonFinite && i < values.Length; i++)
        {
            if (!T.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    $"values[{i}] is {values[i]}; a stream with RefuseNonFinite takes finite numbers only.",
                    nameof(values));
            }
        }

        foreach (StateBuffer state in Model.Shape.States)
        {
            if (state.FullName == name)
            {
                values.Slice(state.Place * state.Size, state.Size).CopyTo(StateAt(state));
            }
        }
    }

    /// <summary>
    /// Copies this state into another of the same model class and target, so that both go on from here.
    /// </summary>
    /// <param name="other">The state to overwrite; it may belong to another instance of the model.</param>
    /// <exception cref="ArgumentException">The other state belongs to another model class or SIMD target.</exception>
    /// <exception cref="ObjectDisposedException">One of the states was disposed.</exception>
    public void CopyTo(StreamState<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._kernels != _kernels)
        {
            throw new ArgumentException($"{Difference(other)}: their layouts differ.", nameof(other));
        }

        Living().Span.CopyTo(other.Living().Span);
    }

    /// <summary>
    /// Ends the stream. The state cannot be stepped any more; outputs already returned stay readable.
    /// </summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of the state's memory.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        Model = null;
        Arena = null;
        UncheckedArena = null;
    }

    /// <summary>What a head of the model gave in the last step; the next one overwrites it.</summary>
    /// <param name="output">Which of <see cref="ModelShape.Outputs"/>.</param>
    /// <exception cref="ObjectDisposedException">The state was disposed.</exception>
    protected ReadOnlySpan<T> Outputs(int output)
    {
        Arena<T> arena = Living();
        OutputShape head = Model!.Shape.Outputs[output];
        return arena.Span.Slice(head.StreamOffset!.Value, head.Size);
    }

    /// <summary>Where a recurrent state of the model lies.</summary>
    internal Span<T> StateAt(StateBuffer state) => Living().Span.Slice(state.StreamOffset!.Value, state.Size);

    private unsafe void BeginAnew()
    {
        foreach (StateBuffer state in Model!.Shape.States)
        {
            RecurrentStates<T>.Begin(state, Model.Parameters.Pointer, StateAt(state));
        }

        GC.KeepAlive(Model);
    }

    // Every model calls its kernels by the same names, so those of two would tell nothing.
    private string Difference(StreamState<T> other)
    {
        if (other.GetType() != GetType())
        {
            return $"The other state is a {other.GetType().FullName}, this one a {GetType().FullName}";
        }

        return other._target != _target
            ? $"The other state is of a model that runs on {other._target}, this one of a model on {_target}"
            : $"The other state is of {other._kernels.FullName}, this one of {_kernels.FullName}";
    }

    private Arena<T> Living()
    {
        Arena<T>? arena = Arena;
        ObjectDisposedException.ThrowIf(arena is null, this);
        return arena;
    }
}
