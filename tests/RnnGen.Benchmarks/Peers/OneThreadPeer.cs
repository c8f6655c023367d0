using System.Collections.Immutable;
using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Peers;

/// <summary>RnnGen itself on one thread: what more threads are worth.</summary>
internal sealed class OneThreadPeer : IPeer
{
    public string Name => "one-thread";

    public PeerEntry? Open(BenchmarkCase wanted, ImmutableDictionary<string, NamedTensor> tensors) =>
        wanted.Activity == Activity.SecondThread
            ? new PeerEntry.Running(wanted.Open(wanted with { Threads = 1 }))
            : null;
}
