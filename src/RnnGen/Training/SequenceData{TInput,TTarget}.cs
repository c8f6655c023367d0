using RnnGen.Training;

namespace RnnGen;

/// <summary>
/// Sequences with their targets, to train on or to validate with. <see cref="SequenceData"/> makes the usual kinds; to
/// read from elsewhere, derive from this class.
/// </summary>
/// <typeparam name="TInput"><see cref="int"/> for tokens, the model's number for features.</typeparam>
/// <typeparam name="TTarget"><see cref="int"/> for classes, the model's number for values.</typeparam>
public abstract class SequenceData<TInput, TTarget>
    where TInput : unmanaged
    where TTarget : unmanaged
{
    /// <summary>
    /// True when sequence i of a batch goes on where sequence i of the batch before it ended, so that training carries
    /// the recurrent state along.
    /// </summary>
    public abstract bool CarriesState { get; }

    /// <summary>Checks the data against a model and makes a reader over it.</summary>
    /// <param name="shape">The sizes of the model.</param>
    /// <returns>A reader; several readers over the same data do not disturb one another.</returns>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    public abstract SequenceReader<TInput, TTarget> Open(ModelShape shape);

    /// <summary>Opens for a call of Fit, whose exceptions name the parameter.</summary>
    internal virtual SequenceReader<TInput, TTarget> Open(ModelShape shape, DataRole role)
    {
        try
        {
            return Open(shape)
                ?? throw new InvalidOperationException($"{GetType().Name}.Open gave no reader for {role.Name()}.");
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException(
                $"{role.Name()}, of {GetType().Name}, does not fit the model: {exception.Message}",
                role.Name(),
                exception);
        }
    }
}
