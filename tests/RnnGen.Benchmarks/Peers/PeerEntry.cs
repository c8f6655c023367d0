using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Peers;

/// <summary>What a peer has for a case.</summary>
internal abstract record PeerEntry
{
    private PeerEntry()
    {
    }

    /// <summary>Something that runs in this process, in turns with RnnGen.</summary>
    public sealed record Running(IContender Contender) : PeerEntry
    {
        /// <summary>What its time is called in the line.</summary>
        public string TimeName { get; init; } = "peer_us";
    }

    /// <summary>A figure measured elsewhere.</summary>
    public sealed record Stored(double Microseconds, string Remark) : PeerEntry;

    /// <summary>Nothing, and why.</summary>
    public sealed record Skipped(string Reason) : PeerEntry;
}
