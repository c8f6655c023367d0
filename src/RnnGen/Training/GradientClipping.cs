using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>The norm of all gradients together, summed by every worker over its share of fixed chunks.</summary>
internal sealed unsafe class GradientClipping<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Arena<T> _gradients;
    private readonly Arena<double> _chunkSums;
    private readonly SimdTarget _target;
    private readonly double? _limit;

    public GradientClipping(Arena<T> gradients, SimdTarget target, double? limit)
    {
        _gradients = gradients;
        _target = target;
        _limit = limit;
        _chunkSums = new Arena<double>(ArenaSums.ChunkCount(gradients.Length));
    }

    /// <summary>Sums the squares of one worker's share of the chunks.</summary>
    public void SumShare(int worker, int workers)
    {
        long chunks = _chunkSums.Length;
        int first = (int)(chunks * worker / workers);
        int end = (int)(chunks * (worker + 1) / workers);
        ArenaSums.Squares(_target, _gradients.Pointer, _gradients.Length, _chunkSums.Pointer, first, end);
    }

    /// <summary>
    /// The norm, once every share is summed; the same whoever asks and however many workers there are.
    /// </summary>
    public double Norm() => Math.Sqrt(ArenaSums.Total(_chunkSums.Span));

    /// <summary>What gradients of this norm are multiplied by so that their norm is at most the limit.</summary>
    public double Scale(double norm) => _limit is { } limit && norm > limit ? limit / norm : 1;
}
