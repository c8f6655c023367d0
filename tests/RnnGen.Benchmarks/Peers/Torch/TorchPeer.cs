using System.Collections.Immutable;
using RnnGen.Benchmarks.Cases;
using static TorchSharp.torch;

namespace RnnGen.Benchmarks.Peers.Torch;

/// <summary>TorchSharp over libtorch, set up as its users would for speed.</summary>
internal sealed class TorchPeer : IPeer
{
    public string Name => "TorchSharp";

    public PeerEntry? Open(BenchmarkCase wanted, ImmutableDictionary<string, NamedTensor> tensors)
    {
        if (wanted.Activity == Activity.SecondThread)
        {
            return null;
        }

        if (wanted.Network.Cell == Cell.GruCho)
        {
            return new PeerEntry.Skipped("nn.GRU has the reset gate after the product only");
        }

        TorchLibrary.Load();
        set_num_threads(wanted.Threads);
        var network = new TorchNetwork(wanted.Network, tensors);
        return new PeerEntry.Running(wanted.Activity switch
        {
            Activity.Step => new TorchStep(wanted, network),
            Activity.Sequence => new TorchSequence(wanted, network),
            _ => new TorchTraining(wanted, network),
        });
    }
}
