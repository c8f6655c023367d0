namespace RnnGen;

/// <summary>
/// Makes a partial class a model over sequences: the layer attributes below it are compiled into the class's
/// forward and backward passes, training and streaming for exactly these sizes.
/// </summary>
/// <remarks>
/// The class must be <c>partial</c> and may not be generic. All sizes are compile-time constants.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class SequenceModelAttribute : Attribute
{
    /// <summary>Longest sequence, or window of one, in a batch, in time steps: 1 or more. Default 64.</summary>
    public int Steps { get; set; } = 64;

    /// <summary>Most sequences in one batch: 1 or more. Default 32. Smaller batches cost no padding.</summary>
    public int Batch { get; set; } = 32;

    /// <summary>Number format of weights, activations and arithmetic. Default <see cref="Precision.Single"/>.</summary>
    public Precision Precision { get; set; } = Precision.Single;
}
