namespace RnnGen.Cells;

/// <summary>The functions that a cell's equations may call, element by element.</summary>
public static class Functions
{
    /// <summary>The logistic function σ(x) = 1 / (1 + e⁻ˣ).</summary>
    public static Vector Sigmoid(Vector x) => Map(x, value => 1 / (1 + Math.Exp(-value)));

    /// <summary>The hyperbolic tangent.</summary>
    public static Vector Tanh(Vector x) => Map(x, Math.Tanh);

    /// <summary>The rectifier max(0, x); its derivative at 0 is taken as 0.</summary>
    public static Vector Relu(Vector x) => Map(x, value => Math.Max(0, value));

    private static Vector Map(Vector x, Func<double, double> function) =>
        (x ?? throw new ArgumentNullException(nameof(x))).Map(function);
}
