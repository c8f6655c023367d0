using System.Numerics;
using RnnGen.TargetCheck.Models;
using RnnGen.Training;

namespace RnnGen.TargetCheck.Checks;

/// <summary>Compares a stream's outputs, step after step, with those of a batch.</summary>
internal static class StreamCheck
{
    /// <returns>The largest difference; outputs are of about unit size.</returns>
    public static double Run<T, TInput, TTarget>(ComparedModel<T, TInput, TTarget> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TInput : unmanaged, INumberBase<TInput>
        where TTarget : unmanaged, INumberBase<TTarget>
    {
        model.Randomize(seed: 19);
        var sample = DrawnBatch<TInput, TTarget>.Ragged(model.Size, seed: 41);
        ReadOnlySpan<T> outputs = model.Forward(sample);
        double worst = 0;
        using StreamState<T> state = model.CreateState!();
        for (int sequence = 0; sequence < sample.Batch; sequence++)
        {
            state.Reset();
            for (int step = 0; step < sample.Lengths[sequence]; step++)
            {
                int row = (step * sample.Batch) + sequence;
                ReadOnlySpan<TInput> input = sample.Inputs.AsSpan(row * model.Size.InputSize, model.Size.InputSize);
                ReadOnlySpan<T> expected = outputs.Slice(row * model.Size.OutputSize, model.Size.OutputSize);
                worst = Math.Max(worst, Difference.Largest(expected, model.Step!(input, state)));
            }
        }

        return worst;
    }
}
