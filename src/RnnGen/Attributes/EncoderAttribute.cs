namespace RnnGen;

/// <summary>
/// Begins the encoder of an <see cref="EncoderDecoderAttribute"/>: layers over the source sequence, an input first and
/// without a loss.
/// </summary>
public sealed class EncoderAttribute : StackAttribute;
