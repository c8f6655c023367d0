using System.Runtime.InteropServices;
using RnnGen.Benchmarks.Cases;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnGen.Benchmarks.Peers.Torch;

/// <summary>A module stepped one input at a time, without gradients.</summary>
internal sealed class TorchStep : IContender
{
    private readonly TorchNetwork _network;
    private readonly float[] _features;
    private readonly int _inputs;
    private readonly Tensor _input;
    private Tensor _hidden;
    private Tensor? _cell;
    private int _at;
    private float _result;

    public TorchStep(BenchmarkCase wanted, TorchNetwork network)
    {
        _network = network;
        _network.SetTraining(false);
        _features = wanted.Data.Features;
        _inputs = wanted.Network.Inputs;
        using var inference = inference_mode();
        _input = zeros(1, 1, _inputs);
        _hidden = zeros(1, 1, wanted.Network.Hidden);
        _cell = wanted.Network.Cell == Cell.Lstm ? zeros(1, 1, wanted.Network.Hidden) : null;
    }

    public float[] FirstResults()
    {
        var results = new float[CheckedCalls.Steps];
        for (int step = 0; step < results.Length; step++)
        {
            Run(1);
            results[step] = _result;
        }

        return results;
    }

    public void Run(int calls)
    {
        using var inference = inference_mode();
        for (int i = 0; i < calls; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            _features.AsSpan(_at, _inputs).CopyTo(MemoryMarshal.Cast<byte, float>(_input.bytes));
            _at += _inputs;
            _at = _at == _features.Length ? 0 : _at;

            Tensor oldHidden = _hidden;
            Tensor? oldCell = _cell;
            Tensor output = _network.Step(_input, ref _hidden, ref _cell);
            _result = output.data<float>()[0];
            scope.Detach(_hidden);
            oldHidden.Dispose();
            if (_cell is not null)
            {
                scope.Detach(_cell);
                oldCell!.Dispose();
            }
        }
    }

    public void Dispose()
    {
        _input.Dispose();
        _hidden.Dispose();
        _cell?.Dispose();
        _network.Dispose();
    }
}
