using System.Collections.Immutable;
using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Peers;

/// <summary>A peer that this program was built without.</summary>
internal sealed class MissingPeer(string name) : IPeer
{
    public string Name => name;

    public PeerEntry? Open(BenchmarkCase wanted, ImmutableDictionary<string, NamedTensor> tensors) =>
        wanted.Activity == Activity.SecondThread
            ? null
            : new PeerEntry.Skipped("built without peers (-p:Peers=true)");
}
