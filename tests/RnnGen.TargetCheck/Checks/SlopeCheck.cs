using System.Numerics;
using RnnGen.TargetCheck.Models;
using RnnGen.Training;
using RnnGen.Weights;

namespace RnnGen.TargetCheck.Checks;

/// <summary>Compares every gradient of a batch with central differences of the loss.</summary>
internal static class SlopeCheck
{
    /// <returns>
    /// The largest relative error; NaN when a tensor has no gradient that is large enough to be compared.
    /// </returns>
    public static double Run<TInput, TTarget>(ComparedModel<double, TInput, TTarget> model)
        where TInput : unmanaged, INumberBase<TInput>
        where TTarget : unmanaged, INumberBase<TTarget>
    {
        model.Randomize(seed: 3);
        var sample = DrawnBatch<TInput, TTarget>.Ragged(model.Size, seed: 17);
        using SequenceTrainer<double, TInput, TTarget> trainer = model.CreateTrainer(new TrainingOptions());

        // Not Evaluate, which has no dropout: this repeats its mask.
        double Loss() => trainer.ComputeGradients(sample.Inputs, sample.Targets, sample.Lengths);
        Loss();
        var gradients = model.Tensors.ToDictionary(tensor => tensor.Name, tensor => trainer.Gradient(tensor.Name));

        double worst = 0;
        foreach (TensorMap tensor in model.Tensors.Where(tensor => model.OwnTensors.Contains(tensor.Name)))
        {
            double[] values = model.Get(tensor.Name);
            double largest = 0;
            foreach (int place in ComparedModel<double, TInput, TTarget>.Places(tensor))
            {
                double At(double step)
                {
                    double start = values[place];
                    values[place] = start + step;
                    model.Set(tensor.Name, values);
                    values[place] = start;
                    return Loss();
                }

                const double Step = CheckLimits.DifferenceStep;
                double near = At(Step) - At(-Step);
                double far = At(2 * Step) - At(-2 * Step);
                double slope = ((8 * near) - far) / (12 * Step);
                double gradient = gradients[tensor.Name][place];
                double scale = Math.Max(Math.Abs(slope), Math.Abs(gradient));
                worst = Math.Max(worst, Math.Abs(slope - gradient) / Math.Max(CheckLimits.GradientFloor, scale));
                largest = Math.Max(largest, scale);
            }

            model.Set(tensor.Name, values);
            worst = largest > CheckLimits.GradientFloor ? worst : double.NaN;
        }

        return worst;
    }
}
