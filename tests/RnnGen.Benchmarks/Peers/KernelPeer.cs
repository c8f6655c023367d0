using System.Collections.Immutable;
using RnnGen.Benchmarks.Cases;
using RnnGen.Kernels;
using RnnGen.Training;

namespace RnnGen.Benchmarks.Peers;

/// <summary>The emitted step alone: what a model's own <c>Step</c> costs around it.</summary>
internal sealed class KernelPeer : IPeer
{
    public string Name => "kernel";

    public PeerEntry? Open(BenchmarkCase wanted, ImmutableDictionary<string, NamedTensor> tensors)
    {
        if (wanted.Activity != Activity.Call)
        {
            return null;
        }

        Type type = BenchmarkModel.KernelsOf(wanted.Model, SimdTargets.Best);
        var kernels = (ModelKernels<float>)Activator.CreateInstance(type)!;
        var contender = new KernelContender(kernels, tensors.Values, wanted.Data.Features);
        return new PeerEntry.Running(contender) { TimeName = "kernel_us" };
    }
}
