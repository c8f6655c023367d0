namespace RnnGen.Numerics.Tests;

/// <summary>Every tolerance of these tests, each with its reason.</summary>
internal static class Tolerances
{
    /// <summary>Largest relative error of a gradient against central differences.</summary>
    public const double Gradient = 1e-6;

    /// <summary>
    /// Central differences of fourth order: f⁽⁵⁾·h⁴/30 is about 1e-13 for this step, the loss's rounding of a few
    /// 1e-16 divided by it about as much.
    /// </summary>
    public const double SmoothStep = 1e-3;

    /// <summary>Smaller gradients are compared as if they were this: 1e-12 is 1e-7 of it.</summary>
    public const double SmoothFloor = 1e-5;

    /// <summary>
    /// With rectifiers or maxima the step must not reach a kink: central differences of second order with a small one,
    /// f‴·h²/6 + 1e-16/h, about 1e-11.
    /// </summary>
    public const double KinkStep = 1e-5;

    /// <summary>As <see cref="SmoothFloor"/>, for errors of 1e-11.</summary>
    public const double KinkFloor = 1e-4;

    /// <summary>Outputs and losses in double against other code in double: sums in another order.</summary>
    public const double OutputDouble = 1e-12;

    /// <summary>Outputs in single precision against PyTorch's in single precision.</summary>
    public const double OutputSingle = 1e-6;

    /// <summary>Gradients in double against PyTorch's, relative to the tensor's largest.</summary>
    public const double GradientPyTorch = 1e-12;

    /// <summary>
    /// Gradients in single precision against PyTorch's, relative to the tensor's largest: sums of up to 30 rows of
    /// numbers that went through 6 steps, each with an error of some 1e-7.
    /// </summary>
    public const double GradientSingle = 1e-5;

    /// <summary>
    /// Losses and weights in double after six steps of Adam against PyTorch's: Adam divides by roots of small numbers.
    /// </summary>
    public const double TrainingPyTorch = 1e-11;

    /// <summary>Spacing of single numbers at 1.</summary>
    public const double SingleUlp = 1.1920928955078125e-7;

    /// <summary>Spacing of double numbers at 1.</summary>
    public const double DoubleUlp = 2.220446049250313e-16;

    /// <summary>
    /// In units in the last place of a tensor's largest number, between lane widths: sums over a loss's row and over
    /// the rows of a gradient are cut differently, and down eight layers terms cancel: 24 were seen.
    /// </summary>
    public const double LaneUlps = 128;

    /// <summary>
    /// In units in the last place of 1, a stream's outputs against a batch's: a step cuts its sums so that additions do
    /// not wait for each other, and a mean so far is weighted anew at every step.
    /// </summary>
    public const double StepUlps = 16;

    /// <summary>What is left of a variance of 1/3 when an echo has been learned; 0.05 is learned for certain.</summary>
    public const double EchoLoss = 0.03;
}
