using System.Text.RegularExpressions;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Emission.Face;

/// <summary>How a member is declared, up to its body.</summary>
/// <param name="Head">What stands before the name: modifiers and type.</param>
/// <param name="Name">For a constructor that of its class; for an explicit one with its interface.</param>
/// <param name="Parameters">
/// As they are written; null for a property. Several in one text stay on one line.
/// </param>
internal sealed record Signature(string Head, string Name, string[]? Parameters)
{
    // Behind a name and its default; a comma inside a generic type has neither before it.
    private static readonly Regex Separator = new("(?<= \\w+(?: = [^,]+)?), ");

    /// <summary>An attribute on the lines above; empty for none.</summary>
    public string Attribute { get; private init; } = "";

    /// <summary>What it is among the members of its class.</summary>
    public required MemberShape Shape { get; init; }

    private SignatureLayout Layout { get; init; }

    public static Signature Property(string head, string name) =>
        new(head, name, null) { Shape = MemberShape.Value(name) };

    public static Signature Method(string head, string name, params string[] parameters) =>
        new(head, name, parameters) { Shape = MemberShape.Method(name, [.. parameters.SelectMany(TypesOf)]) };

    public static Signature Constructor(string head, string name, params string[] parameters) =>
        new(head, name, parameters)
        {
            Shape = MemberShape.Method(MemberShape.Constructor, [.. parameters.SelectMany(TypesOf)]),
        };

    /// <summary>With parameters behind the name, or on as many lines as it takes.</summary>
    public Signature Filled() => this with { Layout = SignatureLayout.Filled };

    /// <summary>With each parameter on a line of its own.</summary>
    public Signature InColumn() => this with { Layout = SignatureLayout.Column };

    /// <summary>With an attribute on the lines above; empty for none.</summary>
    public Signature WithAttribute(string attribute) => this with { Attribute = attribute };

    /// <summary>Writes it, and behind it the beginning of its body.</summary>
    public void Write(CodeWriter code, string body)
    {
        string end = (Parameters is null ? "" : ")") + body;
        string head = Head + " " + Name + (Parameters is null ? "" : "(");
        switch (Layout)
        {
            case SignatureLayout.Filled when Parameters is null:
                code.List(Head + " ", [Name], end);
                break;
            case SignatureLayout.Filled:
                code.List(head, Parameters, end);
                break;
            case SignatureLayout.Column:
                code.Line(head + "\n    " + string.Join(",\n    ", Parameters) + end);
                break;
            default:
                code.Line(head + string.Join(", ", Parameters ?? []) + end);
                break;
        }
    }

    private static IEnumerable<string> TypesOf(string parameters) => Separator.Split(parameters).Select(TypeOf);

    // As another part of the class would be seen to have it: without names, defaults, and marks of what may be null,
    // unless the type is an enum.
    private static string TypeOf(string parameter)
    {
        int value = parameter.IndexOf(" = ", StringComparison.Ordinal);
        string declared = value < 0 ? parameter : parameter.Substring(0, value);
        string type = declared.Substring(0, declared.LastIndexOf(' '));
        return type == RuntimeTypes.OptionalTarget ? type : type.TrimEnd('?');
    }

    private enum SignatureLayout
    {
        Line,
        Column,
        Filled,
    }
}
