using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnGen.Benchmarks.Peers.Torch;

/// <summary>Additive attention (Bahdanau et al. 2015) of PyTorch's modules.</summary>
internal sealed class TorchAttention(int size)
{
    private readonly Linear _query = nn.Linear(size, size, hasBias: false);
    private readonly Linear _key = nn.Linear(size, size, hasBias: false);
    private readonly Linear _score = nn.Linear(size, 1, hasBias: false);

    public IEnumerable<(string Name, nn.Module Module)> Modules =>
    [
        ("decoder.attention.query", _query), ("decoder.attention.key", _key), ("decoder.attention.score", _score),
    ];

    /// <summary>Prepares rows <c>[S, B, H]</c>, once for all queries.</summary>
    public TorchMemory Read(Tensor rows) => new(_key.call(rows), rows);

    /// <summary>The mean of the rows, weighted for a state <c>[1, B, H]</c>: <c>[1, B, H]</c>.</summary>
    public Tensor Context(Tensor hidden, TorchMemory memory)
    {
        Tensor scores = _score.call((_query.call(hidden) + memory.Keys).tanh());

        // A batched matrix product takes longer here, in training and in decoding.
        return (scores.softmax(0) * memory.Rows).sum(0, keepdim: true);
    }
}

/// <summary>Rows of sources that a decoder attends to.</summary>
/// <param name="Keys">What queries are compared with, <c>[S, B, A]</c>.</param>
/// <param name="Rows">The rows, <c>[S, B, H]</c>.</param>
internal sealed record TorchMemory(Tensor Keys, Tensor Rows);
