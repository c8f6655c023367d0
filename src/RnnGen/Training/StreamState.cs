using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>
/// The hidden state of one stream over a model. A model may have any number of them; each belongs to one thread at a
/// time, and different ones may be stepped at the same time.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class StreamState<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Type _kernels;

    /// <summary>Makes a state of zeros.</summary>
    /// <param name="model">The model that the state belongs to.</param>
    /// <exception cref="NotSupportedException">The model does not stream: it is bidirectional.</exception>
    protected StreamState(ModelRuntime<T> model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!model.Shape.Streams)
        {
            throw new NotSupportedException(
                "This model cannot be stepped: a bidirectional model needs the whole sequence. Use Forward.");
        }

        Model = model;
        Arena = new Arena<T>(model.Shape.StateLength);
        _kernels = model.Kernels.GetType();
    }

    /// <summary>The model that the state belongs to; null once disposed.</summary>
    internal ModelRuntime<T>? Model { get; private set; }

    /// <summary>The state's numbers; null once disposed.</summary>
    internal Arena<T>? Arena { get; private set; }

    /// <summary>Starts the stream again: the state becomes zeros.</summary>
    /// <exception cref="ObjectDisposedException">The state was disposed.</exception>
    public void Reset() => Living().Span.Clear();

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
            throw new ArgumentException(
                $"The state belongs to {other._kernels.Name}, this one to {_kernels.Name}: their layouts differ.",
                nameof(other));
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
    }

    private Arena<T> Living()
    {
        Arena<T>? arena = Arena;
        ObjectDisposedException.ThrowIf(arena is null, this);
        return arena;
    }
}
