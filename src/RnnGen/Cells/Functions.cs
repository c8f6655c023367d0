namespace RnnGen.Cells;

/// <summary>The functions that a cell's equations may call, element by element.</summary>
/// <remarks>
/// Here they run in double precision by .NET's own functions. Compiled, each is within 5 units in the last place of
/// these, over the whole range, in single and in double precision; where the result is below the normal numbers it is
/// tiny, too. Infinities give limits, and NaN gives NaN. Where the processor has no fused multiply-add, tanh is within
/// 6 units.
/// </remarks>
public static class Functions
{
    /// <summary>The logistic function σ(x) = 1 / (1 + e⁻ˣ).</summary>
    public static Vector Sigmoid(Vector x) => Map(x, value => 1 / (1 + Math.Exp(-value)));

    /// <summary>The hyperbolic tangent.</summary>
    public static Vector Tanh(Vector x) => Map(x, Math.Tanh);

    /// <summary>The rectifier max(0, x); its derivative at 0 is taken as 0.</summary>
    public static Vector Relu(Vector x) => Map(x, value => Math.Max(0, value));

    /// <summary>The exponential function eˣ.</summary>
    public static Vector Exp(Vector x) => Map(x, Math.Exp);

    /// <summary>The natural logarithm: −∞ at 0, NaN below.</summary>
    public static Vector Log(Vector x) => Map(x, Math.Log);

    /// <summary>ln(1 + eˣ), a smooth rectifier.</summary>
    public static Vector Softplus(Vector x) =>
        Map(x, value => Math.Max(0, value) + LogOnePlus(Math.Exp(-Math.Abs(value))));

    /// <summary>x / (1 + |x|).</summary>
    public static Vector Softsign(Vector x) =>
        Map(x, value => double.IsInfinity(value) ? Math.Sign(value) : value / (1 + Math.Abs(value)));

    /// <summary>(x + 3) / 6, limited to [0, 1], as PyTorch's <c>hardsigmoid</c>; its derivative at the ends is
    /// 1/6.</summary>
    public static Vector HardSigmoid(Vector x) => Map(x, value => Math.Max(0, Math.Min(6, value + 3)) / 6);

    /// <summary>x, limited to [−1, 1]; its derivative at the ends is 1.</summary>
    public static Vector HardTanh(Vector x) => Map(x, value => Math.Max(-1, Math.Min(1, value)));

    /// <summary>x, or x / 100 where x is below 0; its derivative at 0 is 1.</summary>
    public static Vector LeakyRelu(Vector x) => Map(x, value => Math.Max(0.01 * value, value));

    /// <summary>The absolute value; its derivative at 0 is taken as 0.</summary>
    public static Vector Abs(Vector x) => Map(x, Math.Abs);

    /// <summary>The smaller value; where both are equal, the derivative counts for the second.</summary>
    public static Vector Min(Vector x, Vector y) => Vector.Combine(Checked(x), Checked(y), Math.Min);

    /// <summary>The larger value; where both are equal, the derivative counts for the second.</summary>
    public static Vector Max(Vector x, Vector y) => Vector.Combine(Checked(x), Checked(y), Math.Max);

    // Math.Log(1 + x) would lose what 1 + x does not hold of a small x.
    private static double LogOnePlus(double x) => Math.Log(1 + x) + ((x - ((1 + x) - 1)) / (1 + x));

    private static Vector Map(Vector x, Func<double, double> function) =>
        Checked(x).Map(function);

    private static Vector Checked(Vector x) => x ?? throw new ArgumentNullException(nameof(x));
}
