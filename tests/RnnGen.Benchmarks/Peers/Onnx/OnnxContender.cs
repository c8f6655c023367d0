using Microsoft.ML.OnnxRuntime;
using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Peers.Onnx;

/// <summary>
/// A session over fixed buffers. The state goes back and forth between two sets of them: what one call writes, the
/// next reads, and nothing is copied. A whole sequence starts from the zero state every time.
/// </summary>
internal sealed class OnnxContender : IContender
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly float[] _features;
    private readonly float[] _input;
    private readonly float[] _output;
    private readonly bool _carriesState;
    private readonly OrtIoBinding[] _bindings;
    private readonly List<IDisposable> _values = [];
    private int _at;
    private int _turn;

    public OnnxContender(BenchmarkCase wanted, int steps, InferenceSession session)
    {
        Network network = wanted.Network;
        _session = session;
        _features = wanted.Data.Features;
        _input = new float[steps * network.Inputs];
        _output = new float[steps * network.Outputs];
        _carriesState = wanted.Activity == Activity.Step;

        OrtValue x = Value(_input, steps, 1, network.Inputs);
        OrtValue y = Value(_output, steps, network.Outputs);
        string[] states = network.Cell == Cell.Lstm ? ["h", "c"] : ["h"];
        OrtValue[][] buffers =
        [
            .. states.Select(_ => Enumerable.Range(0, 2)
                .Select(_ => Value(new float[network.Hidden], 1, 1, network.Hidden)).ToArray()),
        ];
        _bindings = [Bind(0), Bind(1)];

        OrtIoBinding Bind(int from)
        {
            OrtIoBinding binding = session.CreateIoBinding();
            binding.BindInput("x", x);
            binding.BindOutput("y", y);
            for (int i = 0; i < states.Length; i++)
            {
                binding.BindInput(states[i], buffers[i][from]);
                binding.BindOutput($"{states[i]}_next", buffers[i][1 - from]);
            }

            _values.Add(binding);
            return binding;
        }
    }

    public float[] FirstResults()
    {
        int calls = _carriesState ? CheckedCalls.Steps : 1;
        var results = new List<float>();
        for (int i = 0; i < calls; i++)
        {
            Run(1);
            results.AddRange(_output);
        }

        return [.. results];
    }

    public void Run(int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            _features.AsSpan(_at, _input.Length).CopyTo(_input);
            _at += _input.Length;
            _at = _at == _features.Length ? 0 : _at;
            _session.RunWithBinding(_options, _bindings[_turn]);
            _turn = _carriesState ? 1 - _turn : 0;
        }
    }

    public void Dispose()
    {
        foreach (IDisposable value in _values)
        {
            value.Dispose();
        }

        _options.Dispose();
        _session.Dispose();
    }

    private OrtValue Value(float[] memory, params long[] shape)
    {
        OrtValue value = OrtValue.CreateTensorValueFromMemory(memory, shape);
        _values.Add(value);
        return value;
    }
}
