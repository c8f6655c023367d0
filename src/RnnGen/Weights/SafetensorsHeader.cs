using System.Collections.Immutable;

namespace RnnGen.Weights;

/// <summary>The header of a safetensors file, wholly checked against the length of the file.</summary>
public sealed record SafetensorsHeader
{
    /// <summary>The tensors, in the order of the header.</summary>
    public required ImmutableArray<SafetensorsEntry> Tensors { get; init; }

    /// <summary>The free text that the file carries, by key.</summary>
    public required ImmutableDictionary<string, string> Metadata { get; init; }

    /// <summary>Byte of the file where the tensors' data starts.</summary>
    public required long DataOffset { get; init; }

    /// <summary>Bytes of data: the tensors cover them without gap or overlap.</summary>
    public required long DataLength { get; init; }
}
