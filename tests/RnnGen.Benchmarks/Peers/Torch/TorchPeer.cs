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
        return new PeerEntry.Running(wanted.Network is TranslationNetwork
            ? OpenTranslator(wanted, tensors)
            : OpenNetwork(wanted, tensors));
    }

    private static IContender OpenNetwork(BenchmarkCase wanted, ImmutableDictionary<string, NamedTensor> tensors)
    {
        var network = new TorchNetwork(wanted.Network, tensors);
        return wanted.Activity switch
        {
            Activity.Step => new TorchStep(wanted, network),
            Activity.Sequence => new TorchSequence(wanted, network),
            _ => new TorchTraining(wanted, network),
        };
    }

    private static IContender OpenTranslator(BenchmarkCase wanted, ImmutableDictionary<string, NamedTensor> tensors)
    {
        var translator = TorchTranslator.Create(wanted, tensors);
        return wanted.Activity == Activity.Decoding
            ? new TorchDecoding(wanted, translator)
            : new TorchTraining(wanted, translator);
    }
}
