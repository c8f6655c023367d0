using System.Globalization;

namespace RnnGen;

/// <summary>
/// The loss or the gradient of a training step was infinite or NaN, or the update would have made a weight or a moment
/// of the optimizer so. Weights, moments and carried state are as before the step.
/// </summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>Describes the step.</summary>
    /// <param name="step">Number of the step, 1 for the trainer's first.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="gradientNorm">The norm of its gradients.</param>
    /// <param name="learningRate">The learning rate that it would have used.</param>
    public TrainingDivergedException(long step, double loss, double gradientNorm, double learningRate)
        : base(Describe(step, loss, gradientNorm, learningRate, "as before this step"))
    {
        Step = step;
        Loss = loss;
        GradientNorm = gradientNorm;
        LearningRate = learningRate;
    }

    /// <summary>Number of the step, 1 for the trainer's first.</summary>
    public long Step { get; }

    /// <summary>The loss of the step.</summary>
    public double Loss { get; }

    /// <summary>The norm of the gradients of all parameters.</summary>
    public double GradientNorm { get; }

    /// <summary>The learning rate that the step would have used.</summary>
    public double LearningRate { get; }

    /// <summary>What happened, which weights the model has now, and what to try.</summary>
    internal string Describe(string weights) => Describe(Step, Loss, GradientNorm, LearningRate, weights);

    private static string Describe(long step, double loss, double gradientNorm, double learningRate, string weights)
    {
        string update = double.IsFinite(loss) && double.IsFinite(gradientNorm)
            ? "the update would have made weights infinite, "
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Training diverged at step {step}: {update}the loss is {loss:g6} and the gradient norm "
            + $"{gradientNorm:g6}, at learning rate {learningRate:g4}. The model's weights are {weights}. Try a "
            + $"smaller learning rate, ClipNorm = 1, and inputs and targets of about unit size.");
    }
}
