using System.Numerics;
using RnnGen.Training;

namespace RnnGen;

/// <summary>
/// Sequences for a model of any number of inputs and losses, to train on or to validate with.
/// <see cref="FeedSequences{T}"/> takes them from memory; to read from elsewhere, derive from this class.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class FeedData<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// True when sequence i of a batch goes on where sequence i of the batch before it ended, so that training carries
    /// the recurrent state along.
    /// </summary>
    public virtual bool CarriesState => false;

    /// <summary>Checks the data against a model and makes a reader over it.</summary>
    /// <param name="shape">The sizes of the model.</param>
    /// <returns>A reader; several readers over the same data do not disturb one another.</returns>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    public abstract FeedReader<T> Open(ModelShape shape);
}
