namespace RnnGen.Tests;

/// <summary>Every tolerance of these tests, each with its reason.</summary>
internal static class Tolerances
{
    /// <summary>Spacing of single numbers at 1.</summary>
    public const double SingleUlp = 1.1920928955078125e-7;

    /// <summary>Spacing of double numbers at 1.</summary>
    public const double DoubleUlp = 2.220446049250313e-16;

    /// <summary>In units in the last place: polynomial 1, rounding of its last two steps 1.</summary>
    public const double SingleExpUlps = 2;

    /// <summary>Relative; 4.5 units in the last place: ours and the library's own.</summary>
    public const double DoubleExp = 1e-15;

    /// <summary>In units in the last place: less than 1 by the polynomial and its roundings, where they are
    /// fused.</summary>
    public const double SingleLogUlps = 2;

    /// <summary>In units in the last place: as in single precision, and the library's own.</summary>
    public const double DoubleLogUlps = 2;

    /// <summary>
    /// Relative, in units in the last place: a sum of up to 10,000 positive numbers in lanes of 1 to 16 rounds as
    /// often,
    /// mostly at random, so by the square root of that; the exponentials and the division add a few.
    /// </summary>
    public const double SoftmaxUlps = 128;

    /// <summary>Sums over an arena of 10,000 in double: 10,000 roundings of half a unit if all went one way.</summary>
    public const double ArenaSum = 1e-12;

    /// <summary>
    /// Central differences of step 1e-5 in double: about 1e-10 by the third derivative and 1e-16 / 1e-5 by rounding.
    /// </summary>
    public const double FiniteDifference = 1e-8;

    /// <summary>Twelve steps in double against PyTorch in double: roundings in another order.</summary>
    public const double PyTorchOptimizer = 1e-13;

    /// <summary>A closed form against PyTorch's, in double, or its recursion over ten steps.</summary>
    public const double PyTorchFormula = 1e-14;

    /// <summary>
    /// In units in the last place of numbers of about 1: ten steps at different widths or precisions round a few times
    /// a
    /// step each, and a division by a small root magnifies it.
    /// </summary>
    public const double OptimizerUlps = 256;

    /// <summary>What is left of the loss of a well-conditioned quadratic; decay of the weights moves its minimum by 1
    /// %.</summary>
    public const double Convergence = 1e-3;

    /// <summary>Q of 64 columns by Householder's method is orthogonal to a few units in the last place times its
    /// size.</summary>
    public const double Orthogonality = 1e-13;

    /// <summary>Against NumPy's QR of the same 4 × 3 matrix: another order of the same roundings.</summary>
    public const double NumPyFactorization = 1e-13;

    /// <summary>Both use AS 241 in double; the logarithms differ in the last place.</summary>
    public const double NormalQuantile = 1e-14;

    /// <summary>Standard deviations a statistic may be off: by chance once in 1.7 million; but seeds are
    /// fixed.</summary>
    public const double Sigmas = 5;
}
