namespace RnnGen;

/// <summary>
/// Begins the decoder of an <see cref="EncoderDecoderAttribute"/>: layers over the target sequence, an input first and
/// a loss last. Its recurrent layers start from what the encoder's end in, the first from the first: as many of the
/// same cell and size.
/// </summary>
public sealed class DecoderAttribute : StackAttribute;
