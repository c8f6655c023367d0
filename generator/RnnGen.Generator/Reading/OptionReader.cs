using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Reading;

/// <summary>Reads a cell's options as texts: "true", "false" or the name of an enum's member.</summary>
internal static class OptionReader
{
    /// <param name="value">The chosen value.</param>
    /// <param name="values">The values that the equations tell apart.</param>
    public static OptionSpec Read(ParameterSyntax parameter, string value, IEnumerable<string> values)
    {
        if (string.Equals(parameter.Identifier.ValueText, CellSpec.NameInFiles, StringComparison.OrdinalIgnoreCase))
        {
            throw CellReader.Unreadable(
                parameter,
                $"weight files record the cell itself as '{CellSpec.NameInFiles}': name the option otherwise");
        }

        string type = parameter.Type!.ToString();
        ExpressionSyntax? assumed =
            parameter.FindAttribute("AssumedInFiles")?.ArgumentList?.Arguments.FirstOrDefault()?.Expression;
        return new OptionSpec(parameter.Identifier.ValueText, value, values.ToEquatableArray())
        {
            EnumName = type == "bool" ? null : type,
            Assumed = assumed is null ? null : Text(assumed),
        };
    }

    public static string Text(ExpressionSyntax value) => value switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        IdentifierNameSyntax member => member.Identifier.ValueText,
        LiteralExpressionSyntax { Token.Value: bool flag } => flag ? "true" : "false",

        // Such as `default`: weight files record the value in words.
        _ => throw CellReader.Unreadable(value, "an option is true, false or a member of an enum"),
    };
}
