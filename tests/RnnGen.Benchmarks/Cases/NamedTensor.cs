using System.Collections.Immutable;

namespace RnnGen.Benchmarks.Cases;

/// <summary>A tensor of weights in PyTorch's name and layout.</summary>
internal sealed record NamedTensor(string Name, ImmutableArray<int> Shape, float[] Values)
{
    public long[] LongShape => [.. Shape.Select(size => (long)size)];
}
