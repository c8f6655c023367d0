using System.Collections.Immutable;
using RnnGen.Benchmarks.Cases;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnGen.Benchmarks.Peers.Torch;

/// <summary>A case's network of PyTorch's modules, with RnnGen's weights.</summary>
internal sealed class TorchNetwork : ITorchModel
{
    private readonly Embedding? _embedding;
    private readonly LSTM? _lstm;
    private readonly GRU? _gru;
    private readonly Linear _dense;

    public TorchNetwork(Network network, ImmutableDictionary<string, NamedTensor> tensors)
    {
        if (network.ReadsTokens)
        {
            _embedding = nn.Embedding(network.Vocabulary, network.Inputs);
        }

        int width = network.Bidirectional ? 2 * network.Hidden : network.Hidden;
        if (network.Cell == Cell.Lstm)
        {
            _lstm = nn.LSTM(
                network.Inputs, network.Hidden, network.Layers, bidirectional: network.Bidirectional);
        }
        else
        {
            _gru = nn.GRU(network.Inputs, network.Hidden, network.Layers, bidirectional: network.Bidirectional);
        }

        _dense = nn.Linear(width, network.Outputs);
        Take(tensors);
    }

    /// <summary>
    /// The parameters that are trained. PyTorch has two biases where RnnGen has one; the second stays at zero, so that
    /// both sides train the same network.
    /// </summary>
    public IEnumerable<Parameter> Trained =>
        Parameters.Where(named => !named.Name.Contains("bias_hh")).Select(named => named.Parameter);

    private IEnumerable<(string Name, Parameter Parameter)> Parameters =>
        Modules.SelectMany(module => module.Module.named_parameters()
            .Select(named => ($"{module.Name}.{named.name}", named.parameter)));

    private IEnumerable<(string Name, nn.Module Module)> Modules
    {
        get
        {
            if (_embedding is not null)
            {
                yield return ("embedding", _embedding);
            }

            yield return _lstm is null ? ("gru", _gru!) : ("lstm", _lstm);
            yield return ("dense", _dense);
        }
    }

    public void SetTraining(bool trains)
    {
        foreach (var (_, module) in Modules)
        {
            module.train(trains);
        }
    }

    /// <summary>All steps from the zero state: <c>[T, B, O]</c>.</summary>
    public Tensor Forward(Tensor inputs)
    {
        Tensor rows = _embedding is null ? inputs : _embedding.call(inputs);
        rows = _lstm is null ? _gru!.call(rows).Item1 : _lstm.call(rows).Item1;
        return _dense.call(rows);
    }

    /// <summary>One step from a state, which is replaced by the next.</summary>
    public Tensor Step(Tensor inputs, ref Tensor hidden, ref Tensor? cell)
    {
        Tensor rows;
        if (_lstm is null)
        {
            (rows, hidden) = _gru!.call(inputs, hidden);
        }
        else
        {
            (rows, hidden, cell) = _lstm.call(inputs, (hidden, cell!));
        }

        return _dense.call(rows);
    }

    public void CleanGradients()
    {
    }

    public void Dispose()
    {
        foreach (var (_, module) in Modules)
        {
            module.Dispose();
        }
    }

    private void Take(ImmutableDictionary<string, NamedTensor> tensors)
    {
        using var gradients = no_grad();
        foreach (var (name, parameter) in Parameters)
        {
            NamedTensor source = tensors[name];
            using Tensor values = tensor(source.Values, source.LongShape);
            parameter.copy_(values);
            parameter.requires_grad = !name.Contains("bias_hh");
        }
    }
}
