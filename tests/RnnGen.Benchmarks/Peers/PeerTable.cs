#if PEERS
using RnnGen.Benchmarks.Peers.Onnx;
using RnnGen.Benchmarks.Peers.Torch;
#else
using RnnGen.Benchmarks.Cases;
#endif

namespace RnnGen.Benchmarks.Peers;

/// <summary>All peers.</summary>
internal static class PeerTable
{
    /// <summary>The peers of a run.</summary>
    /// <param name="rtNeuralFile">Figures of RTNeural on this machine; null for the stored ones.</param>
    public static IReadOnlyList<IPeer> Create(string? rtNeuralFile) =>
    [
        rtNeuralFile is null ? RtNeuralPeer.Stored : RtNeuralPeer.Read(rtNeuralFile),
#if PEERS
        new GuardedPeer(new OnnxPeer()),
        new GuardedPeer(new TorchPeer()),
#else
        new MissingPeer("ONNXRuntime", Activity.Step, Activity.Sequence),
        new MissingPeer("TorchSharp", Activity.Step, Activity.Sequence, Activity.Training),
#endif
        new OneThreadPeer(),
    ];
}
