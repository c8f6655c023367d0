using RnnGen.Generator.Model;

namespace RnnGen.Generator.Emission;

/// <summary>
/// How functions are spelled that the equations' table does not define by others, one row each, under the names that
/// they have there.
/// </summary>
internal static class FunctionBodies
{
    /// <summary>One instruction, which stands where it is called.</summary>
    public static readonly IReadOnlyDictionary<string, Func<VectorOperations, string>> Instructions =
        new Dictionary<string, Func<VectorOperations, string>>
        {
            ["Abs"] = operations => operations.Abs,
            ["Min"] = operations => operations.Min,
            ["Max"] = operations => operations.Max,
            ["IsPositive"] = operations => operations.OneIfPositive,
        };

    /// <summary>A method.</summary>
    public static readonly IReadOnlyDictionary<string, Action<CodeWriter, EmissionContext>> Methods =
        new Dictionary<string, Action<CodeWriter, EmissionContext>>
        {
            ["Sigmoid"] = (code, context) => Emit(
                code,
                context,
                QuotientFunctions.Sigmoid,
                () => ByLane(code, context, "Sigmoid", "The logistic function", "1 / (1 + Math.Exp(-lanes[i]))")),
            ["Tanh"] = (code, context) => Emit(
                code,
                context,
                QuotientFunctions.Tanh,
                () => ByLane(code, context, "Tanh", "The hyperbolic tangent", "Math.Tanh(lanes[i])")),
            ["Exp"] = (code, context) => ByRuntime(code, context, "Exp", "eˣ"),
            ["Log"] = (code, context) => ByRuntime(code, context, "Log", "The natural logarithm"),
            ["Sqrt"] = (code, context) => ByRuntime(code, context, "Sqrt", "The square root"),

            // In other precisions equations do without it, and it is what the table defines.
            ["TanhTimes"] = QuotientFunctions.TanhTimes,
        };

    /// <summary>Methods that call the runtime's, which has its constants with it.</summary>
    public static bool IsByRuntime(string function) => function is "Exp" or "Log" or "Sqrt";

    private static void Emit(
        CodeWriter code, EmissionContext context, Action<CodeWriter, EmissionContext> single, Action other)
    {
        if (context.Plan.Precision == Precision.Single)
        {
            single(code, context);
        }
        else
        {
            other();
        }
    }

    /// <summary>
    /// A method that takes a function of .NET's, one lane after the other, in either precision: slow, but no more than
    /// a row. In double precision, which is for checks, sigmoid and tanh are so.
    /// </summary>
    /// <param name="meaning">What it is, as a sentence begins.</param>
    /// <param name="value">Its value in double precision; the argument is <c>lanes[i]</c>.</param>
    public static void ByLane(CodeWriter code, EmissionContext context, string name, string meaning, string value)
    {
        code.Summary($"{meaning}, by the library's function.");
        using (code.Block($"private static V {name}(V x)"))
        {
            code.Line($"{context.Number}* lanes = ({context.Number}*)&x;");
            using (code.Block($"for (int i = 0; i < {context.Lanes}; i++)"))
            {
                // Single precision is computed in double and rounded once.
                code.Line(context.Plan.Precision == Precision.Single
                    ? $"lanes[i] = (float)({value});"
                    : $"lanes[i] = {value};");
            }

            code.Line();
            code.Line("return x;");
        }
    }

    // The runtime's lanes are a vector and nothing else.
    private static void ByRuntime(CodeWriter code, EmissionContext context, string name, string meaning)
    {
        string lanes = context.Operations.Lanes;
        code.Summary($"{meaning}, by the runtime's function.");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        code.Line($"private static V {name}(V x) =>");
        code.Line($"    Unsafe.BitCast<{lanes}, V>({lanes}.{name}(Unsafe.BitCast<V, {lanes}>(x)));");
    }
}
