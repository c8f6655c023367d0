using System.Numerics;
using RnnGen.TargetCheck.Models;
using RnnGen.Training;

namespace RnnGen.TargetCheck.Checks;

/// <summary>What a batch gives: outputs, loss, gradients, and the weights after one step of training.</summary>
internal sealed record PassResults<T>(T[] Outputs, T Loss, T[][] Gradients, T[][] Weights)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static PassResults<T> Of<TInput, TTarget>(
        ComparedModel<T, TInput, TTarget> model, DrawnBatch<TInput, TTarget> sample)
        where TInput : unmanaged, INumberBase<TInput>
        where TTarget : unmanaged, INumberBase<TTarget>
    {
        model.Randomize(seed: 13);
        using SequenceTrainer<T, TInput, TTarget> trainer = model.CreateTrainer(
            new TrainingOptions { Optimizer = new Sgd { LearningRate = 0.5 } });
        T[] outputs = model.Forward(sample);
        T loss = trainer.ComputeGradients(sample.Inputs, sample.Targets, sample.Lengths);
        string[] tensors = [.. model.OwnTensors];
        T[][] gradients = [.. tensors.Select(trainer.Gradient)];
        trainer.Step(sample.Inputs, sample.Targets, sample.Lengths);
        return new(outputs, loss, gradients, [.. tensors.Select(model.Get)]);
    }

    /// <summary>How far these outputs are from others, relative to the largest.</summary>
    public double OutputError(PassResults<T> expected) => Difference.Relative<T>(expected.Outputs, Outputs);

    /// <summary>And all the rest, relative to each tensor's largest number.</summary>
    public double TrainingError(PassResults<T> expected)
    {
        double worst = Difference.Relative<T>([expected.Loss], [Loss]);
        for (int i = 0; i < Gradients.Length; i++)
        {
            worst = Math.Max(worst, Difference.Relative<T>(expected.Gradients[i], Gradients[i]));
            worst = Math.Max(worst, Difference.Relative<T>(expected.Weights[i], Weights[i]));
        }

        return worst;
    }
}
