using System.Globalization;
using System.Text.RegularExpressions;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>What the texts of all rules have in common.</summary>
internal static class RuleTexts
{
    public const string Declaration = "RnnGen.Declaration";
    public const string Shapes = "RnnGen.Shapes";
    public const string Options = "RnnGen.Options";
    public const string Training = "RnnGen.Training";
    public const string Advice = "RnnGen.Advice";

    /// <summary>The explanations of all diagnostics; an anchor follows.</summary>
    public const string Help = "https://github.com/RnnGen/RnnGen/blob/main/generator/RnnGen.Generator/Diagnostics.md#";

    private static readonly Regex Qualifier = new(@"global::(\w+\.)*");

    public static string Number(double number) => Math.Abs(number) < 1e15 && number == Math.Floor(number)
        ? number.ToString("#,0", CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary><c>a, b or c</c>.</summary>
    public static string OneOf(IEnumerable<string> items) => Joined(items, " or ");

    /// <summary><c>a, b and c</c>.</summary>
    public static string All(IEnumerable<string> items) => Joined(items, " and ");

    /// <summary>A member that a model gets, as a user would write it.</summary>
    public static string Member(MemberShape member, string model)
    {
        string name = member.Name == MemberShape.Constructor ? model : member.Name;
        string parameters = string.Join(", ", member.Parameters.Select(type => Qualifier.Replace(type, "")));
        return member.Kind switch
        {
            MemberKind.Type => $"a type '{name}'",
            MemberKind.Value => $"a member '{name}'",
            _ => $"a {(name == model ? "constructor" : "method")} '{name}({parameters})'",
        };
    }

    private static string Joined(IEnumerable<string> items, string last)
    {
        string[] all = [.. items];
        return all.Length < 2
            ? string.Concat(all)
            : string.Join(", ", all.Take(all.Length - 1)) + last + all[all.Length - 1];
    }
}
