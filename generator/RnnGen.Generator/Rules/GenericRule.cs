using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A model is not generic, nor is a type around it: its sizes and its code are fixed.</summary>
internal sealed class GenericRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0002",
        "A model cannot be generic",
        "'{0}' is generic, and {1}: {2}",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0002");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        for (int i = 0; i < model.ContainingTypes.Count; i++)
        {
            ContainingTypeSpec outer = model.ContainingTypes[i];
            if (outer.TypeParameters.Length > 0)
            {
                string name = outer.Name + outer.TypeParameters;
                yield return OnContainingType(
                    i, name, "a model cannot stand inside a generic type", $"move '{model.Name}' out of it");
            }
        }

        string parameters = model.Declaration.TypeParameters;
        if (parameters.Length > 0)
        {
            yield return OnClass(
                model.Name + parameters, "a model's code is made for one type of number", $"take '{parameters}' away");
        }
    }
}
