using System.Globalization;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Equations;

/// <summary>Prints expressions as a textbook would, for the comments of emitted code.</summary>
/// <param name="rename">What a name is called where the text stands.</param>
internal sealed class EquationText(Func<string, string> rename)
{
    public static string Of(Expression expression, Func<string, string>? rename = null) =>
        new EquationText(rename ?? (name => name)).Print(expression, 0);

    // Binding strength: 1 sums, 2 products, 3 operands of a negation or quotient.
    private string Print(Expression expression, int outer) => expression.Operation switch
    {
        null => rename(expression.Name),
        Operation.Constant => expression.Value.ToString("R", CultureInfo.InvariantCulture),
        Operation.Add => Infix(expression, " + ", 1, 1, outer),
        Operation.Subtract => Infix(expression, " − ", 1, 2, outer),
        Operation.Multiply => Infix(expression, " ⊙ ", 2, 2, outer),
        Operation.Divide => Infix(expression, " / ", 2, 3, outer),
        Operation.Negate => Wrap("−" + Print(expression.Left!, 3), outer > 1),
        Operation.Call => Call(expression, outer),
        Operation.Mean => $"mean({Print(expression.Left!, 0)})",
        _ =>
            throw new ArgumentOutOfRangeException(
            nameof(expression), expression.Operation, "Not an operation of expressions."),
    };

    private string Call(Expression call, int outer)
    {
        Function function = FunctionTable.Of(call.Name);
        return function.Text is not { } text ? Print(function.Define(call.Left!, call.Right), outer)
            : string.Format(
                CultureInfo.InvariantCulture,
                text,
                Print(call.Left!, 0),
                call.Right is null ? "" : Print(call.Right, 0));
    }

    private string Infix(Expression expression, string sign, int strength, int right, int outer) =>
        Wrap(Print(expression.Left!, strength) + sign + Print(expression.Right!, right), strength < outer);

    private static string Wrap(string text, bool needed) => needed ? $"({text})" : text;
}
