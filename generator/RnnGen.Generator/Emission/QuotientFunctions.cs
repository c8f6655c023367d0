namespace RnnGen.Generator.Emission;

/// <summary>
/// Emits tanh and σ in single precision, within five units in the last place over the whole range: tanh as a quotient
/// of polynomials, which is short; σ, which must be right where it is tiny, on e^−x = 2^−m · e^−r with r in [−½ln2,
/// ½ln2]. tanh is 4.98 units off at the worst of all numbers, σ 2.7 of the 1.4 million that tests take; where
/// multiply-adds round twice (128-bit and scalar code of processors without fused ones, or of NativeAOT programs that
/// may not assume them) tanh is 5.64. A factor in tanh's numerator adds one rounding. Sums are taken in pairs, since a
/// small step is one chain of waiting additions.
/// </summary>
internal static class QuotientFunctions
{
    // log2(e), and ln 2 in two parts, the first with so few bits that its product with a whole number is exact.
    private const double Log2E = 1.44269504;
    private const double Ln2High = 0.693145751953125;
    private const double Ln2Low = 1.42860682030941723e-6;

    // 1.5 · 2^23 + 127: adding it leaves n + 127, the exponent of 2^n, in the lowest bits.
    private const double RoundToExponent = 12583039;

    // e^−r as the quotient N(−r) / N(r) with N(r) = 1 + r/2 + r²/10 + r³/120 (Padé): 6e-9 relative in ±½ ln 2.
    private static readonly double[] Pade = [1, 0.5, 0.1, 1 / 120.0];

    // tanh(x) / x as a quotient of polynomials in x², fitted for |x| up to 8.15: 8.2e-9 relative, before rounding. Of
    // the numbers near 8.1 the limit is one whose rounded quotient is 1, whether or not multiply-adds round twice.
    private const double TanhLimit = 8.10239029;

    private static readonly double[] TanhNumerator =
        [1, 0.134376156, 0.00356323521, 2.17470956e-05, 1.4999639e-08];

    private static readonly double[] TanhDenominator =
        [1, 0.467709441, 0.0261331371, 0.000339722401, 8.4340561e-07];

    private const string NoDenormals = "So little more shows nowhere; powers of tiny numbers would be denormal: slow.";

    public static void Tanh(CodeWriter code, EmissionContext context) => EmitTanh(code, context, hasFactor: false);

    public static void TanhTimes(CodeWriter code, EmissionContext context) => EmitTanh(code, context, hasFactor: true);

    private static void EmitTanh(CodeWriter code, EmissionContext context, bool hasFactor)
    {
        VectorOperations op = context.Operations;
        string F(string format, params object[] operands) => EmissionContext.Format(format, operands);
        code.Summary(
            hasFactor
                ? "factor · tanh(x) = (factor · x) · P(x²) / Q(x²); no product waits for the quotient."
                : "tanh(x) = x · P(x²) / Q(x²), to 5 units in the last place where multiply-adds round once.");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (code.Block(hasFactor ? context.Head("TanhTimes", "V factor, V x") : context.Head("Tanh", "V x")))
        {
            code.Comment("Beyond ±8.1 tanh is ±1. The constants come first: what is no number stays so.");
            string within = F(op.Min, context.Splat(TanhLimit), F(op.Max, context.Splat(-TanhLimit), "x"));
            code.Line($"V y = {(hasFactor ? F(op.Multiply, within, "factor") : within)};");
            code.Comment(NoDenormals);
            string most = context.Splat((float)TanhLimit * (float)TanhLimit);
            code.Line($"V square = {F(op.Min, most, Square("x", op, context))};");
            code.Line($"V fourth = {F(op.MultiplyAdd, "square", "square", context.Splat(1e-8))};");
            EmitPairs(code, context, "p", TanhNumerator);
            EmitPairs(code, context, "q", TanhDenominator);
            string numerator = F(op.MultiplyAdd, "p", F(op.Multiply, "y", "fourth"), F(op.Multiply, "y", "pLow"));
            code.Line($"return {F(op.Divide, numerator, F(op.MultiplyAdd, "q", "fourth", "qLow"))};");
        }
    }

    // Measured: with denormal numbers the equations of a cell take twice as long.
    private static string Square(string x, VectorOperations op, EmissionContext context) =>
        EmissionContext.Format(op.MultiplyAdd, x, x, context.Splat(1e-9));

    // Both sums of a polynomial (c0 + c1·s) + s²·(c2 + c3·s + c4·s²), side by side (Estrin's scheme).
    private static void EmitPairs(CodeWriter code, EmissionContext context, string name, double[] coefficients)
    {
        string Add(string left, string right, string addend) =>
            EmissionContext.Format(context.Operations.MultiplyAdd, left, right, addend);
        string[] c = [.. coefficients.Select(coefficient => context.Splat(coefficient))];
        code.Line($"V {name}Low = {Add(c[1], "square", c[0])};");
        code.Line($"V {name} = {Add(c[4], "fourth", Add(c[3], "square", c[2]))};");
    }

    public static void Sigmoid(CodeWriter code, EmissionContext context)
    {
        VectorOperations op = context.Operations;
        string F(string format, params object[] operands) => EmissionContext.Format(format, operands);
        code.Summary("σ(x) = 1 / (1 + e^−x) with e^−x = 2^−m · e^−r and e^−r = N(−r) / N(r); 0 below −88.4.");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (code.Block(context.Head("Sigmoid", "V x")))
        {
            code.Line($"V y = {F(op.Min, context.Splat(88), F(op.Max, context.Splat(-89), "x"))};");
            code.Line($"V n = {F(op.MultiplySubtract, "y", context.Splat(Log2E), context.Splat(RoundToExponent))};");
            code.Line($"V m = {F(op.Subtract, context.Splat(RoundToExponent), "n")};");
            code.Line($"V r = {F(op.MultiplySubtract, "m", context.Splat(Ln2High), "y")};");
            code.Comment("r is too large by m times the rest of ln 2: a factor, which need not wait for r.");
            string rest = F(op.MultiplyAdd, "m", context.Splat(Ln2Low), context.Splat(1));
            code.Line($"V scale = {F(op.Multiply, rest, F(op.ShiftToExponent, "n"))};");
            code.Comment(NoDenormals);
            code.Line($"V square = {Square("r", op, context)};");
            code.Comment("N(r) = even + r · odd, N(−r) = even − r · odd.");
            code.Line($"V even = {F(op.MultiplyAdd, "square", context.Splat(Pade[2]), context.Splat(Pade[0]))};");
            code.Line($"V odd = {F(op.MultiplyAdd, "square", context.Splat(Pade[3]), context.Splat(Pade[1]))};");
            code.Line($"V upper = {F(op.MultiplyAdd, "r", "odd", "even")};");
            code.Line($"V lower = {F(op.MultiplySubtract, "r", "odd", "even")};");
            code.Line($"return {F(op.Divide, "upper", F(op.MultiplyAdd, "lower", "scale", "upper"))};");
        }
    }
}
