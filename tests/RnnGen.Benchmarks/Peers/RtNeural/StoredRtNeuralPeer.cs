using System.Collections.Immutable;
using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Peers.RtNeural;

/// <summary>RTNeural where no library of it is given: figures of another machine, for an idea.</summary>
internal sealed class StoredRtNeuralPeer : IPeer
{
    private const string OtherMachine =
        "of another machine (AVX2 and FMA, peak 95 to 103 GFLOP/s a core): not a comparison";

    // LSTM and Dense(1), -O3 -march=native -ffast-math, the best of RTNeural's three backends.
    private static readonly Dictionary<string, double> Microseconds = new()
    {
        ["1x8"] = 0.043,
        ["1x16"] = 0.088,
        ["1x32"] = 0.223,
        ["16x32"] = 0.277,
        ["1x64"] = 0.912,
        ["64x64"] = 1.61,
        ["128x128"] = 7.73,
    };

    public string Name => "RTNeural-stored";

    public PeerEntry? Open(BenchmarkCase wanted, ImmutableDictionary<string, NamedTensor> tensors)
    {
        Network network = wanted.Network;
        return wanted.Activity == Activity.Step && network.Cell == Cell.Lstm
            && Microseconds.TryGetValue($"{network.Inputs}x{network.Hidden}", out double time)
                ? new PeerEntry.Stored(time, OtherMachine)
                : null;
    }
}
