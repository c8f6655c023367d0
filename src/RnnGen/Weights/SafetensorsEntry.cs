using System.Collections.Immutable;

namespace RnnGen.Weights;

/// <summary>One tensor of a safetensors file, as its header tells.</summary>
public sealed record SafetensorsEntry
{
    /// <summary>The tensor's name.</summary>
    public required string Name { get; init; }

    /// <summary>What its numbers are, in the format's words: <c>F32</c>, <c>F64</c>, <c>BF16</c>, ...</summary>
    public required string Type { get; init; }

    /// <summary>Its shape, slowest dimension first; empty for a single number.</summary>
    public required ImmutableArray<long> Shape { get; init; }

    /// <summary>First byte of its data, counted from the end of the header.</summary>
    public required long Start { get; init; }

    /// <summary>Byte after the last of its data, counted from the end of the header.</summary>
    public required long End { get; init; }
}
