using RnnGen.Benchmarks.Peers.RtNeural;
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
    /// <param name="rtNeural">Libraries of RTNeural; without any there are stored figures.</param>
    public static IReadOnlyList<IPeer> Create(IReadOnlyCollection<string> rtNeural) =>
    [
        .. rtNeural.Count == 0
            ? [new StoredRtNeuralPeer()]
            : rtNeural.Select(IPeer (path) => new GuardedPeer(new RtNeuralPeer(path))),
#if PEERS
        new GuardedPeer(new OnnxPeer()),
        new GuardedPeer(new TorchPeer()),
#else
        new MissingPeer("ONNXRuntime", Activity.Step, Activity.Sequence),
        new MissingPeer("TorchSharp", Activity.Step, Activity.Sequence, Activity.Training, Activity.Decoding),
#endif
        new OneThreadPeer(),
        new KernelPeer(),
    ];
}
