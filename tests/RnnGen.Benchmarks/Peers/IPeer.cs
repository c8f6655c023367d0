using System.Collections.Immutable;
using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Peers;

/// <summary>What RnnGen is compared with.</summary>
internal interface IPeer
{
    string Name { get; }

    /// <summary>Prepares a case with RnnGen's own weights.</summary>
    /// <param name="wanted">The case.</param>
    /// <param name="tensors">The weights.</param>
    /// <returns>What there is to compare with; null where the peer has nothing to say about such a case.</returns>
    PeerEntry? Open(BenchmarkCase wanted, ImmutableDictionary<string, NamedTensor> tensors);
}
