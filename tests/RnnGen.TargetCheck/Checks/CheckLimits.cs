namespace RnnGen.TargetCheck.Checks;

/// <summary>Every tolerance of these checks, each with its reason.</summary>
internal static class CheckLimits
{
    /// <summary>Largest relative error of a gradient against central differences.</summary>
    public const double Gradient = 1e-6;

    /// <summary>
    /// Central differences of fourth order: f⁽⁵⁾·h⁴/30 is about 1e-13 for this step, the loss's rounding of a few
    /// 1e-16 divided by it about as much.
    /// </summary>
    public const double DifferenceStep = 1e-3;

    /// <summary>Smaller gradients are compared as if they were this: 1e-12 is 1e-7 of it.</summary>
    public const double GradientFloor = 1e-5;

    /// <summary>
    /// In units in the last place of 1, a stream's outputs against a batch's: a step cuts its sums in another way.
    /// </summary>
    public const double StepUlps = 16;

    /// <summary>
    /// In units in the last place of a tensor's largest number, against scalar code: sums over the rows of a gradient
    /// are cut by the width of a vector. 1e-5 in single precision, 2e-14 in double.
    /// </summary>
    public const double ScalarUlps = 84;

    /// <summary>
    /// The loss after some steps of Adam, relative to scalar code's: Adam divides by roots of small numbers. 4e-7 was
    /// seen.
    /// </summary>
    public const double TrainingSingle = 1e-5;

    /// <summary>The same in double precision, where 3e-16 was seen.</summary>
    public const double TrainingDouble = 1e-11;
}
