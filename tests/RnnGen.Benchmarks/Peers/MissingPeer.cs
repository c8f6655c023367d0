using System.Collections.Immutable;
using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Peers;

/// <summary>A peer that this program was built without.</summary>
/// <param name="name">Its name.</param>
/// <param name="activities">What it would be compared in.</param>
internal sealed class MissingPeer(string name, params Activity[] activities) : IPeer
{
    public string Name => name;

    public PeerEntry? Open(BenchmarkCase wanted, ImmutableDictionary<string, NamedTensor> tensors) =>
        activities.Contains(wanted.Activity)
            ? new PeerEntry.Skipped("built without peers (-p:Peers=true)")
            : null;
}
