namespace RnnGen;

/// <summary>
/// Begins the encoder of an <see cref="EncoderDecoderAttribute"/>: layers over the source sequence, an input first and
/// without a loss.
/// </summary>
public sealed class EncoderAttribute : StackAttribute
{
    /// <summary>
    /// Whether the encoder reads sources from their end to their start, so that it ends in what the decoder is to say
    /// first (Sutskever et al. 2014). Rows keep the source's order. Default <see langword="false"/>.
    /// </summary>
    public bool Reverse { get; set; }
}
