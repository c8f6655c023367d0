using RnnGen.Generator.Model;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Emits the functions that equations call, a vector at a time. In single precision they stay within five units in the
/// last place over the whole range: tanh as a quotient of polynomials, which is short; σ, which must be right where it
/// is tiny, on e^y = 2^n · e^r with r in [−½ln2, ½ln2]. That holds, too, where multiply-adds round twice: 128-bit and
/// scalar code of processors without fused ones, or of NativeAOT programs that may not assume them.
/// </summary>
internal static class FunctionEmitter
{
    // log2(e), and ln 2 in two parts, the first with so few bits that its product with a whole number is exact.
    private const double Log2E = 1.44269504;
    private const double Ln2High = 0.693359375;
    private const double Ln2Low = -2.12194440e-4;

    // 1.5 · 2^23 + 127: adding it leaves n + 127, the exponent of 2^n, in the lowest bits.
    private const double RoundToExponent = 12583039;

    // (e^r − 1 − r) / r², degree 4, fitted in Chebyshev points: e^r − 1 to 2.1e-8 relative.
    private static readonly double[] Polynomial = [0.5, 0.16666573286, 0.04166654870, 0.00836377405, 0.00139269268];

    // tanh(x) / x as a quotient of polynomials in x² for |x| up to 8.15: 8.2e-9 relative, before rounding. At the
    // limit the rounded quotient is 1, and nowhere more; 0.9999999 where multiply-adds round twice.
    private const double TanhLimit = 8.150012;

    private static readonly double[] TanhNumerator =
        [1, 0.134376156, 0.00356323521, 2.17470956e-05, 1.4999639e-08];

    private static readonly double[] TanhDenominator =
        [1, 0.467709441, 0.0261331371, 0.000339722401, 8.4340561e-07];

    public static void Emit(CodeWriter code, EmissionContext context)
    {
        foreach (Operation function in context.Functions)
        {
            code.Line();
            switch (function)
            {
                case Operation.Tanh when context.Plan.Precision == Precision.Single:
                    EmitTanh(code, context);
                    break;
                case Operation.Sigmoid when context.Plan.Precision == Precision.Single:
                    EmitSigmoid(code, context);
                    break;
                case Operation.Tanh:
                    EmitByLane(code, context, "Tanh", "the hyperbolic tangent", "Math.Tanh(lanes[i])");
                    break;
                case Operation.Sigmoid:
                    EmitByLane(code, context, "Sigmoid", "the logistic function", "1 / (1 + Math.Exp(-lanes[i]))");
                    break;
                case Operation.Relu:
                    code.Summary("max(0, x)");
                    code.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
                    code.Line(
                        $"private static V Relu(V x) =>"
                            + $" {EmissionContext.Format(context.Operations.Max, context.Zero, "x")};");
                    break;
            }
        }
    }

    private static void EmitTanh(CodeWriter code, EmissionContext context)
    {
        VectorOperations op = context.Operations;
        string F(string format, params object[] operands) => EmissionContext.Format(format, operands);
        code.Summary("tanh(x) = x · P(x²) / Q(x²), within 5 units in the last place.");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (code.Block("private static V Tanh(V x)"))
        {
            code.Comment("Beyond ±8.15 the result is ±1. The constants come first: what is no number stays so.");
            code.Line(
                $"V y = {F(op.Min, context.Splat(TanhLimit), F(op.Max, context.Splat(-TanhLimit), "x"))};");
            code.Line($"V square = {F(op.Multiply, "y", "y")};");
            EmitPolynomial(code, context, "p", TanhNumerator);
            EmitPolynomial(code, context, "q", TanhDenominator);
            code.Line($"return {F(op.Divide, F(op.Multiply, "y", "p"), "q")};");
        }
    }

    // By Horner's rule, from the highest power of the square down to 1.
    private static void EmitPolynomial(CodeWriter code, EmissionContext context, string name, double[] coefficients)
    {
        string format = context.Operations.MultiplyAdd;
        for (int i = coefficients.Length - 2; i >= 0; i--)
        {
            string highest = context.Splat(coefficients[coefficients.Length - 1]);
            string so = i == coefficients.Length - 2 ? highest : name;
            string value = EmissionContext.Format(format, so, "square", context.Splat(coefficients[i]));
            code.Line($"{(so == highest ? "V " : "")}{name} = {value};");
        }
    }

    private static void EmitSigmoid(CodeWriter code, EmissionContext context)
    {
        VectorOperations op = context.Operations;
        string F(string format, params object[] operands) => EmissionContext.Format(format, operands);
        code.Summary("σ(x) = 1 / (1 + e^−x); 0 below −88.4.");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (code.Block("private static V Sigmoid(V x)"))
        {
            string negative = F(op.Subtract, context.Zero, "x");
            code.Line($"V y = {F(op.Min, context.Splat(89), F(op.Max, context.Splat(-88), negative))};");
            EmitExponential(code, context);
            code.Line($"V scale = {F(op.ShiftToExponent, "n")};");
            code.Line($"return {F(op.Divide, context.Splat(1), F(op.MultiplyAdd, "e", "scale", context.Splat(1)))};");
        }
    }

    // From y: n, whose bits hold the exponent, and e = e^r.
    private static void EmitExponential(CodeWriter code, EmissionContext context)
    {
        VectorOperations op = context.Operations;
        string F(string format, params object[] operands) => EmissionContext.Format(format, operands);
        code.Line($"V n = {F(op.MultiplyAdd, "y", context.Splat(Log2E), context.Splat(RoundToExponent))};");
        code.Line($"V whole = {F(op.Subtract, "n", context.Splat(RoundToExponent))};");
        code.Line($"V r = {F(op.MultiplySubtract, "whole", context.Splat(Ln2High), "y")};");
        code.Line($"r = {F(op.MultiplySubtract, "whole", context.Splat(Ln2Low), "r")};");
        code.Line($"V square = {F(op.Multiply, "r", "r")};");

        // In pairs (Estrin's scheme): half the additions wait for each other.
        string low = F(op.MultiplyAdd, context.Splat(Polynomial[1]), "r", context.Splat(Polynomial[0]));
        string high = F(op.MultiplyAdd, context.Splat(Polynomial[3]), "r", context.Splat(Polynomial[2]));
        code.Line($"V e = {F(op.MultiplyAdd, context.Splat(Polynomial[4]), "square", high)};");
        code.Line($"e = {F(op.MultiplyAdd, "e", "square", low)};");
        code.Line($"e = {F(op.MultiplyAdd, "square", "e", F(op.Add, "r", context.Splat(1)))};");
    }

    // Double precision is for checks: it takes the library's functions, one lane after the other.
    private static void EmitByLane(CodeWriter code, EmissionContext context, string name, string meaning, string value)
    {
        code.Summary($"{char.ToUpperInvariant(meaning[0])}{meaning.Substring(1)}, by the library's function.");
        using (code.Block($"private static V {name}(V x)"))
        {
            code.Line($"double* lanes = (double*)&x;");
            using (code.Block($"for (int i = 0; i < {context.Lanes}; i++)"))
            {
                code.Line($"lanes[i] = {value};");
            }

            code.Line();
            code.Line("return x;");
        }
    }
}
