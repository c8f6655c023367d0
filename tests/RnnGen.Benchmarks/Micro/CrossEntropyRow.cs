using System.Numerics;
using BenchmarkDotNet.Attributes;
using RnnGen.Kernels;
using RnnGen.Losses;

namespace RnnGen.Benchmarks.Micro;

/// <summary>Softmax, loss and gradient of one row of a word model.</summary>
public unsafe class CrossEntropyRow
{
    private const int Classes = 10_000;

    private readonly Arena<float> _logits = new(Classes);
    private readonly Arena<float> _row = new(Classes);

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        foreach (ref float logit in _logits.Span)
        {
            logit = (10 * random.NextSingle()) - 5;
        }
    }

    /// <summary>With a copy of the logits, since the row becomes its gradient.</summary>
    [Benchmark]
    public float LossAndGradient()
    {
        _logits.Span.CopyTo(_row.Span);
        var work = new Work { Row = _row.Pointer };
        SimdTargets.Run<Work, float>(SimdTargets.Best, ref work);
        return work.Loss;
    }

    private struct Work : ILanesWork
    {
        public float* Row;
        public float Loss;

        public void Run<TLanes, T>()
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            Loss = float.CreateTruncating(
                SoftmaxCrossEntropy.Row<TLanes, T>((T*)Row, Classes, target: 1234, T.One));
    }
}
