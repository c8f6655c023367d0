using System.Collections.Immutable;

namespace RnnGen.Weights;

/// <summary>The header of a safetensors file, wholly checked against the length of the file.</summary>
/// <param name="Tensors">The tensors, in the order of the header.</param>
/// <param name="Metadata">The free text that the file carries, by key.</param>
/// <param name="DataOffset">Byte of the file where the tensors' data starts.</param>
/// <param name="DataLength">Bytes of data: the tensors cover them without gap or overlap.</param>
public sealed record SafetensorsHeader(
    ImmutableArray<SafetensorsEntry> Tensors,
    ImmutableDictionary<string, string> Metadata,
    long DataOffset,
    long DataLength);
