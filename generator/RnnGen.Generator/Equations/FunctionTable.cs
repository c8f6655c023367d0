namespace RnnGen.Generator.Equations;

/// <summary>
/// The functions of equations, one row each. A new one that others define needs nothing but its row and its method in
/// the runtime's <c>Functions</c>.
/// </summary>
internal static class FunctionTable
{
    public const string Sigmoid = "Sigmoid";
    public const string Tanh = "Tanh";
    public const string IsPositive = "IsPositive";
    public const string TanhTimes = "TanhTimes";
    public const string InverseSqrt = "InverseSqrt";
    private const string Exp = "Exp";
    private const string Log = "Log";
    private const string Abs = "Abs";
    private const string Min = "Min";
    private const string Max = "Max";
    private const string Sqrt = "Sqrt";

    // Beyond it x / (1 + |x|) is ±1 in any precision, and ∞ / ∞ would be no number.
    private const double SoftsignLimit = 1e30;

    public static readonly IReadOnlyList<Function> All =
    [
        new(Sigmoid) { Text = "σ({0})", Derivatives = [(_, y) => y * (1 - y)], Bound = _ => 1 },
        new(Tanh) { Text = "tanh({0})", Derivatives = [(_, y) => 1 - (y * y)], Bound = _ => 1 },
        new("Relu") { Definition = x => x[0].To(Max, 0), Derivatives = [(_, y) => y.To(IsPositive)] },
        new(Exp) { Text = "exp({0})", Derivatives = [(_, y) => y] },
        new(Log) { Text = "ln({0})", Derivatives = [(x, _) => 1 / x[0]] },
        new("Softplus")
        {
            Text = "softplus({0})",
            Definition = x => x[0].To(Max, 0) + LogOnePlus((-x[0].To(Abs)).To(Exp).As("power")),
            Derivatives = [(x, _) => x[0].To(Sigmoid)],
        },
        new("Softsign")
        {
            Text = "softsign({0})",
            Definition = x => Fraction(x[0].To(Min, SoftsignLimit).To(Max, -SoftsignLimit).As("within")),
            Derivatives = [(_, y) => (1 - y.To(Abs)) * (1 - y.To(Abs))],
            Bound = _ => 1,
        },
        new("HardSigmoid") { Definition = x => (x[0] + 3).To(Min, 6).To(Max, 0) / 6, Bound = _ => 1 },
        new("HardTanh") { Definition = x => x[0].To(Min, 1).To(Max, -1), Bound = _ => 1 },
        new("LeakyRelu") { Definition = x => (0.01 * x[0]).To(Max, x[0]) },
        new(Abs)
        {
            Text = "|{0}|",
            Derivatives = [(x, _) => x[0].To(IsPositive) - (-x[0]).To(IsPositive)],
            Bound = most => most[0],
            IsInstruction = true,
        },
        new(Min, 2)
        {
            Text = "min({0}, {1})",
            Derivatives = [(x, _) => (x[1] - x[0]).To(IsPositive), (x, _) => 1 - (x[1] - x[0]).To(IsPositive)],
            Bound = most => Math.Max(most[0], most[1]),
            IsInstruction = true,
        },
        new(Max, 2)
        {
            Text = "max({0}, {1})",
            Derivatives = [(x, _) => (x[0] - x[1]).To(IsPositive), (x, _) => 1 - (x[0] - x[1]).To(IsPositive)],
            Bound = most => Math.Max(most[0], most[1]),
            IsInstruction = true,
        },

        // 1 where the operand is greater than 0, else 0: of derivatives.
        new(IsPositive)
        {
            Text = "[{0} > 0]",
            Derivatives = [(x, _) => 0 * x[0]],
            Bound = _ => 1,
            IsInstruction = true,
            IsCallable = false,
        },

        // Of layers.
        new(Sqrt) { Text = "√({0})", Derivatives = [(_, y) => 0.5 / y], IsCallable = false },
        new(InverseSqrt)
        {
            Definition = x => 1 / x[0].To(Sqrt), Derivatives = [(_, y) => -0.5 * (y * y * y)], IsCallable = false,
        },

        // Made by FactorsOfTanh for targets whose tanh is a quotient.
        new(TanhTimes, 2) { Definition = x => x[0] * x[1].To(Tanh), IsCallable = false },
    ];

    private static readonly Dictionary<string, Function> ByName = All.ToDictionary(function => function.Name);

    /// <summary>What equation files may call.</summary>
    public static IEnumerable<Function> Callable => All.Where(function => function.IsCallable);

    public static Function Of(string name) => ByName[name];

    // ln(1 + x) to the last places where x is tiny: what was lost when 1 was added counts by 1 / (1 + x).
    private static Formula LogOnePlus(Formula x)
    {
        Formula sum = (1 + x).As("sum");
        return sum.To(Log) + ((x - (sum - 1)) / sum);
    }

    private static Formula Fraction(Formula x) => x / (1 + x.To(Abs));
}
