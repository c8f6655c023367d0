using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A model, and every type around it, is partial: members are added to it.</summary>
internal sealed class NotPartialRule : Rule
{
    public const string Id = "RNN0001";

    private static readonly DiagnosticDescriptor Broken = new(
        Id,
        "A model class must be partial",
        "{0} must be partial, so that the model's members can be added: write {1}",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0001");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        int innermost = -1;
        var lacking = new List<(string Keyword, string Name)>();
        for (int i = 0; i < model.ContainingTypes.Count; i++)
        {
            if (!model.ContainingTypes[i].IsPartial)
            {
                lacking.Add((model.ContainingTypes[i].Keyword, model.ContainingTypes[i].Name));
                innermost = i;
            }
        }

        if (!model.Declaration.IsPartial)
        {
            lacking.Add((model.Declaration.Keyword, model.Name));
        }

        if (lacking.Count == 0)
        {
            return [];
        }

        // One mistake, wherever the word is missing: at the innermost type, from which a fixer goes outwards.
        string names = RuleTexts.All(lacking.Select(type => $"'{type.Name}'"));
        string declarations = RuleTexts.All(lacking.Select(type => $"'partial {type.Keyword} {type.Name}'"));
        return model.Declaration.IsPartial
            ? [OnContainingType(innermost, names, declarations)]
            : [OnClass(names, declarations)];
    }
}
