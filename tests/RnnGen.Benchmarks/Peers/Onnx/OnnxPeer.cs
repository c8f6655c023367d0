using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Peers.Onnx;

/// <summary>ONNX Runtime at its fastest: inputs and outputs bound once, one thread, all optimizations.</summary>
internal sealed class OnnxPeer : IPeer
{
    public string Name => "ONNXRuntime";

    public PeerEntry? Open(BenchmarkCase wanted, ImmutableDictionary<string, NamedTensor> tensors)
    {
        if (wanted.Activity is not (Activity.Step or Activity.Sequence))
        {
            return null;
        }

        using var options = new SessionOptions
        {
            IntraOpNumThreads = wanted.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        int steps = wanted.Activity == Activity.Step ? 1 : wanted.Steps;
        var session = new InferenceSession(OnnxNetwork.ToFile(wanted.Network, steps, tensors), options);
        return new PeerEntry.Running(new OnnxContender(wanted, steps, session));
    }
}
