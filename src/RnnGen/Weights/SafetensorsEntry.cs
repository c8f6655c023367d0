using System.Collections.Immutable;

namespace RnnGen.Weights;

/// <summary>One tensor of a safetensors file, as its header tells.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">What its numbers are, in the format's words: <c>F32</c>, <c>F64</c>, <c>BF16</c>, ...</param>
/// <param name="Shape">Its shape, slowest dimension first; empty for a single number.</param>
/// <param name="Start">First byte of its data, counted from the end of the header.</param>
/// <param name="End">Byte after the last of its data, counted from the end of the header.</param>
public sealed record SafetensorsEntry(string Name, string Type, ImmutableArray<long> Shape, long Start, long End);
