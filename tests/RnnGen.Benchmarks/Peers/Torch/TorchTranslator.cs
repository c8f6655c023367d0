using System.Collections.Immutable;
using RnnGen.Benchmarks.Cases;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnGen.Benchmarks.Peers.Torch;

/// <summary>An encoder and its decoder of PyTorch's modules, with RnnGen's weights.</summary>
internal sealed class TorchTranslator : ITorchModel
{
    private readonly TranslationNetwork _network;
    private readonly Embedding _sourceEmbedding;
    private readonly Embedding _targetEmbedding;
    private readonly GRU _encoder;
    private readonly GRU _decoder;
    private readonly TorchAttention? _attention;
    private readonly Linear _dense;

    // What the decoder reads in training: [T, B], each target after the token before it.
    private readonly Tensor? _read;

    public TorchTranslator(
        TranslationNetwork network, ImmutableDictionary<string, NamedTensor> tensors, Tensor? read = null)
    {
        _network = network;
        _read = read;
        _sourceEmbedding = nn.Embedding(network.SourceTokens, network.Size);
        _targetEmbedding = nn.Embedding(network.Tokens, network.Size);
        _encoder = nn.GRU(network.Size, network.Size);
        _decoder = nn.GRU(network.Attends ? 2 * network.Size : network.Size, network.Size);
        _attention = network.Attends ? new TorchAttention(network.Size) : null;
        _dense = nn.Linear(network.Size, network.Tokens);
        Take(tensors);
    }

    public IEnumerable<Parameter> Trained => Parameters.Select(named => named.Parameter);

    private IEnumerable<(string Name, Parameter Parameter)> Parameters =>
        Modules.SelectMany(module => module.Module.named_parameters()
            .Select(named => ($"{module.Name}.{named.name}", named.parameter)));

    private IEnumerable<(string Name, nn.Module Module)> Modules
    {
        get
        {
            yield return ("encoder.embedding", _sourceEmbedding);
            yield return ("encoder.gru", _encoder);
            yield return ("decoder.embedding", _targetEmbedding);
            yield return ("decoder.gru", _decoder);
            yield return ("decoder.dense", _dense);
            foreach (var named in _attention?.Modules ?? [])
            {
                yield return named;
            }
        }
    }

    /// <summary>That of a case, with the case's targets to read.</summary>
    public static TorchTranslator Create(BenchmarkCase wanted, ImmutableDictionary<string, NamedTensor> tensors)
    {
        var network = (TranslationNetwork)wanted.Network;
        int last = (wanted.Steps - 1) * wanted.Batch;
        IEnumerable<int> read = Enumerable.Repeat(network.Start, wanted.Batch).Concat(wanted.Data.Classes.Take(last));
        return new TorchTranslator(
            network, tensors, tensor([.. read.Select(token => (long)token)], [wanted.Steps, wanted.Batch]));
    }

    public void SetTraining(bool trains)
    {
        foreach (var (_, module) in Modules)
        {
            module.train(trains);
        }
    }

    public Tensor Forward(Tensor inputs)
    {
        (Tensor memory, Tensor hidden) = Encode(inputs);
        Tensor rows = _targetEmbedding.call(_read!);
        if (_attention is null)
        {
            return _dense.call(_decoder.call(rows, hidden).Item1);
        }

        TorchMemory read = _attention.Read(memory);
        var outputs = new List<Tensor>();
        foreach (Tensor row in rows.unbind(0))
        {
            Tensor context = _attention.Context(hidden, read);
            (Tensor output, hidden) = _decoder.call(cat([row.unsqueeze(0), context], -1), hidden);
            outputs.Add(output);
        }

        return _dense.call(cat(outputs, 0));
    }

    /// <summary>The rows of sources, <c>[S, B, H]</c>, and the last state, <c>[1, B, H]</c>.</summary>
    public (Tensor Memory, Tensor Hidden) Encode(Tensor source)
    {
        var (memory, hidden) = _encoder.call(_sourceEmbedding.call(source));
        return (memory, hidden);
    }

    /// <summary>What attention reads, made once of sources' rows; null without attention.</summary>
    public TorchMemory? Read(Tensor memory) => _attention?.Read(memory);

    /// <summary>One step of the decoder.</summary>
    /// <param name="tokens"><c>[1, B]</c>.</param>
    /// <param name="hidden"><c>[1, B, H]</c>; replaced by the next.</param>
    /// <param name="memory">Of <see cref="Read"/>.</param>
    /// <returns>Logits, <c>[B, O]</c>.</returns>
    public Tensor Step(Tensor tokens, ref Tensor hidden, TorchMemory? memory)
    {
        Tensor row = _targetEmbedding.call(tokens);
        if (_attention is not null)
        {
            row = cat([row, _attention.Context(hidden, memory!)], -1);
        }

        (Tensor output, hidden) = _decoder.call(row, hidden);
        return _dense.call(output[0]);
    }

    /// <summary>
    /// PyTorch has two biases of the reset and the update gate where RnnGen has one: the second stays at zero, so that
    /// both sides train the same network.
    /// </summary>
    public void CleanGradients()
    {
        using var gradients = no_grad();
        foreach (var (name, parameter) in Parameters.Where(named => named.Name.Contains("bias_hh")))
        {
            parameter.grad!.narrow(0, 0, 2 * _network.Size).zero_();
        }
    }

    public void Dispose()
    {
        _read?.Dispose();
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
        }
    }
}
