using System.Numerics;
using System.Runtime.InteropServices;
using RnnGen.TargetCheck.Models;
using RnnGen.Training;

namespace RnnGen.TargetCheck.Checks;

/// <summary>Some steps of training from new weights, the same on every machine.</summary>
/// <param name="First">The loss of its batches before it, without dropout.</param>
/// <param name="Last">The same after it; NaN if it diverged.</param>
/// <param name="Checksum">Of every bit of the losses of all steps and of the weights that they led to.</param>
internal readonly record struct TrainingRun(double First, double Last, ulong Checksum)
{
    private const int Steps = 20;

    public static TrainingRun Of<T, TInput, TTarget>(ComparedModel<T, TInput, TTarget> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TInput : unmanaged, INumberBase<TInput>
        where TTarget : unmanaged, INumberBase<TTarget>
    {
        var options = new TrainingOptions
        {
            Optimizer = new Adam { LearningRate = 0.02 },
            ClipNorm = 0.5,
            Seed = 2,

            // Has no influence on any bit, where it is right. A small model's batch runs on one all the same.
            Threads = 2,
        };
        using SequenceTrainer<T, TInput, TTarget> trainer = model.CreateTrainer(options);
        DrawnBatch<TInput, TTarget>[] samples =
        [
            DrawnBatch<TInput, TTarget>.Full(model.Size, seed: 5),
            DrawnBatch<TInput, TTarget>.Ragged(model.Size, seed: 7),
        ];
        double Loss() => samples.Average(
            sample => double.CreateTruncating(trainer.Evaluate(sample.Inputs, sample.Targets, sample.Lengths)));
        double first = Loss();
        var losses = new T[Steps];
        try
        {
            for (int step = 0; step < Steps; step++)
            {
                DrawnBatch<TInput, TTarget> sample = samples[step % samples.Length];
                losses[step] = trainer.Step(sample.Inputs, sample.Targets, sample.Lengths);
            }
        }
        catch (TrainingDivergedException)
        {
            return new(first, double.NaN, Checksum: 0);
        }

        double last = Loss();
        ulong checksum = Add(14695981039346656037, losses);
        return new(first, last, model.OwnTensors.Aggregate(checksum, (sum, name) => Add(sum, model.Get(name))));
    }

    // FNV-1a, 64 bits.
    private static ulong Add<T>(ulong checksum, T[] numbers)
        where T : unmanaged
    {
        foreach (byte part in MemoryMarshal.AsBytes<T>(numbers))
        {
            checksum = (checksum ^ part) * 1099511628211;
        }

        return checksum;
    }
}
