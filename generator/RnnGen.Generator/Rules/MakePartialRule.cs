using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>
/// Stands unseen beside CS0260, the compiler's error where a model or a type around it is not partial: for the fixer.
/// </summary>
internal static class MakePartialRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "RNN9001",
        "A model class can be made partial",
        "{0} can be made partial",
        RuleTexts.Advice,
        DiagnosticSeverity.Hidden,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn9001");

    /// <summary>One finding, wherever the word is missing: at the innermost type; null where all have it.</summary>
    public static Finding? Check(ModelSpec model)
    {
        ContainingTypeSpec[] outer = [.. model.ContainingTypes];
        string[] lacking =
        [
            .. outer.Where(type => !type.IsPartial).Select(type => type.Name),
            .. model.Declaration.IsPartial ? Array.Empty<string>() : [model.Name],
        ];
        if (lacking.Length == 0)
        {
            return null;
        }

        Subject subject = model.Declaration.IsPartial ? Subject.ContainingType : Subject.Class;
        string names = RuleTexts.All(lacking.Select(name => $"'{name}'"));
        return new Finding(
            Descriptor.Id, subject, Array.FindLastIndex(outer, type => !type.IsPartial), null, new([names]));
    }
}
