using RnnGen.Benchmarks.Cases;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnGen.Benchmarks.Peers.Torch;

/// <summary>A module over whole sequences, without gradients.</summary>
internal sealed class TorchSequence : IContender
{
    private readonly TorchNetwork _network;
    private readonly Tensor _inputs;
    private readonly float[] _outputs;

    public TorchSequence(BenchmarkCase wanted, TorchNetwork network)
    {
        _network = network;
        _network.SetTraining(false);
        using var inference = inference_mode();
        _inputs = tensor(wanted.Data.Features, [wanted.Steps, wanted.Batch, wanted.Network.Inputs]);
        _outputs = new float[wanted.Steps * wanted.Batch * wanted.Network.Outputs];
    }

    public float[] FirstResults()
    {
        Run(1);
        return [.. _outputs];
    }

    public void Run(int calls)
    {
        using var inference = inference_mode();
        for (int i = 0; i < calls; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            _network.Forward(_inputs).data<float>().CopyTo(_outputs);
        }
    }

    public void Dispose()
    {
        _inputs.Dispose();
        _network.Dispose();
    }
}
