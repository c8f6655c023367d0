using System.Collections.Immutable;
using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Peers.RtNeural;

/// <summary>RTNeural as one backend and one compiler make it: steps of fixed sizes.</summary>
/// <param name="path">A library that exports what tests/README.md describes.</param>
internal sealed class RtNeuralPeer(string path) : IPeer
{
    private RtNeuralLibrary? _library;

    public string Name { get; } = $"RTNeural/{Path.GetFileNameWithoutExtension(path)}";

    public PeerEntry? Open(BenchmarkCase wanted, ImmutableDictionary<string, NamedTensor> tensors)
    {
        Network network = wanted.Network;

        // Its GRU has the reset gate after the product.
        if (wanted.Activity != Activity.Step || network.Cell == Cell.GruCho)
        {
            return null;
        }

        _library ??= new RtNeuralLibrary(path);
        string recurrent = network.CellName;
        float[] Values(string name) => tensors[name].Values;
        nint model = _library.Open(
            recurrent, network.Inputs, network.Hidden, Values($"{recurrent}.weight_ih_l0"),
            Values($"{recurrent}.weight_hh_l0"), Values($"{recurrent}.bias_ih_l0"), Values($"{recurrent}.bias_hh_l0"),
            Values("dense.weight"), Values("dense.bias"));
        return model == 0
            ? new PeerEntry.Skipped($"not compiled for {network.Inputs}x{network.Hidden}")
            : new PeerEntry.Running(new RtNeuralContender(_library, model, wanted.Data.Features));
    }
}
