using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using RnnGen.Kernels;

namespace RnnGen.Benchmarks.Micro;

/// <summary>What a training step does once to all parameters: the norm for clipping, and the update.</summary>
public unsafe class OptimizerPass
{
    private readonly Adam _adam = new();
    private readonly Sgd _momentum = new() { Momentum = 0.9 };
    private UpdateRange<float> _range;
    private Arena<float>[] _arenas = [];
    private nint[] _moments = [];

    [Params(100_000, 2_000_000)]
    public int Parameters { get; set; }

    [GlobalSetup]
    public void Allocate()
    {
        _arenas = [.. Enumerable.Range(0, 4).Select(_ => new Arena<float>(Parameters))];
        // Weights and gradients of usual size: neither zero nor denormal.
        _arenas[0].Span.Fill(0.1f);
        _arenas[1].Span.Fill(1e-3f);
        _moments = GC.AllocateArray<nint>(2, pinned: true);
        (_moments[0], _moments[1]) = ((nint)_arenas[2].Pointer, (nint)_arenas[3].Pointer);
        _range = new UpdateRange<float>
        {
            Parameters = _arenas[0].Pointer,
            Gradients = _arenas[1].Pointer,
            Moments = (float**)Unsafe.AsPointer(ref _moments[0]),
            MomentCount = 2,
            Length = Parameters,
            GradientScale = 0.5,
            LearningRate = 1e-8,
            Step = 1000,
        };
    }

    [Benchmark]
    public double SquaredNorm() => ArenaSums.SquaredNorm(SimdTargets.Best, _range.Gradients, Parameters);

    [Benchmark]
    public void UpdateByAdam() => _adam.Update(SimdTargets.Best, in _range);

    [Benchmark]
    public void UpdateByMomentum() => _momentum.Update(SimdTargets.Best, in _range);
}
