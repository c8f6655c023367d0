namespace RnnGen;

/// <summary>
/// Makes a partial class a model of two stacks of layers (Sutskever et al. 2014): the <see cref="EncoderAttribute"/>'s,
/// which reads a source sequence, and the <see cref="DecoderAttribute"/>'s, which starts from what the encoder's
/// recurrent layers end in and reads a target sequence of another length. They are trained together.
/// </summary>
/// <remarks>
/// The class must be <c>partial</c> and may not be generic. All sizes are compile-time constants.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class EncoderDecoderAttribute : Attribute
{
    /// <summary>Longest source sequence, in time steps: 1 or more. Default 64.</summary>
    public int SourceSteps { get; set; } = 64;

    /// <summary>Longest target sequence, in time steps: 1 or more. Default 64.</summary>
    public int TargetSteps { get; set; } = 64;

    /// <summary>Most pairs of sequences in one batch: 1 or more. Default 32. Smaller batches cost no padding.</summary>
    public int Batch { get; set; } = 32;

    /// <summary>
    /// The token that the decoder reads before the first it gives, below its vocabulary. With it and <see cref="End"/>
    /// the model decodes (<c>Decode</c>), and a trainer makes the decoder's inputs of the targets: this token, then
    /// every target but the last (teacher forcing, Williams and Zipser 1989). −1, the default, for neither.
    /// </summary>
    public int Start { get; set; } = -1;

    /// <summary>
    /// The token that ends every target and all that is decoded, below the decoder's vocabulary. −1, the default, where
    /// the model does not decode.
    /// </summary>
    public int End { get; set; } = -1;

    /// <summary>What the decoder's states start from. Default <see cref="Bridge.LastStates"/>.</summary>
    public Bridge Bridge { get; set; }

    /// <summary>Number format of weights, activations and arithmetic. Default <see cref="Precision.Single"/>.</summary>
    public Precision Precision { get; set; } = Precision.Single;
}
