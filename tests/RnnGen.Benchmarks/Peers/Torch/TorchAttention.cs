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

    /// <summary>Of rows <c>[S, B, H]</c> what queries are compared with, <c>[S, B, A]</c>.</summary>
    public Tensor Keys(Tensor memory) => _key.call(memory);

    /// <summary>The mean of the rows, weighted for a state <c>[1, B, H]</c>: <c>[1, B, H]</c>.</summary>
    public Tensor Context(Tensor hidden, Tensor keys, Tensor memory)
    {
        Tensor scores = _score.call((_query.call(hidden) + keys).tanh());
        return (scores.softmax(0) * memory).sum(0, keepdim: true);
    }
}
