using RnnGen.Benchmarks.Cases;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnGen.Benchmarks.Peers.Torch;

/// <summary>Training of a module: forward, loss, backward, clipping by the norm, Adam.</summary>
internal sealed class TorchTraining : IContender
{
    private readonly ITorchModel _network;
    private readonly Tensor _inputs;
    private readonly Tensor _targets;
    private readonly int _outputs;
    private readonly TorchSharp.Modules.Parameter[] _trained;
    private readonly optim.Optimizer _optimizer;

    public TorchTraining(BenchmarkCase wanted, ITorchModel network)
    {
        _network = network;
        _network.SetTraining(true);
        _outputs = wanted.Network.Outputs;
        bool readsTokens = wanted.Network.ReadsTokens;
        _inputs = readsTokens
            ? tensor(Longs(wanted.Data.Tokens), [wanted.Steps, wanted.Batch])
            : tensor(wanted.Data.Features, [wanted.Steps, wanted.Batch, wanted.Network.Inputs]);
        _targets = readsTokens
            ? tensor(Longs(wanted.Data.Classes))
            : tensor(wanted.Data.Targets, [wanted.Steps, wanted.Batch, _outputs]);
        _trained = [.. network.Trained];
        _optimizer = optim.Adam(_trained, TrainingSettings.LearningRate);
    }

    public float[] FirstResults()
    {
        using optim.Optimizer optimizer = optim.Adam(_trained, TrainingSettings.CheckedLearningRate);
        var losses = new float[CheckedCalls.TrainingSteps];
        for (int step = 0; step < losses.Length; step++)
        {
            losses[step] = Step(optimizer);
        }

        return losses;
    }

    public void Run(int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            Step(_optimizer);
        }
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _inputs.Dispose();
        _targets.Dispose();
        _network.Dispose();
    }

    private static long[] Longs(int[] values) => Array.ConvertAll(values, value => (long)value);

    private float Step(optim.Optimizer optimizer)
    {
        using DisposeScope scope = NewDisposeScope();
        optimizer.zero_grad();
        Tensor outputs = _network.Forward(_inputs);
        Tensor loss = _targets.dtype == ScalarType.Int64
            ? nn.functional.cross_entropy(outputs.view(-1, _outputs), _targets)
            : nn.functional.mse_loss(outputs, _targets);
        loss.backward();
        _network.CleanGradients();
        nn.utils.clip_grad_norm_(_trained, TrainingSettings.ClipNorm);
        optimizer.step();
        return loss.item<float>();
    }
}
