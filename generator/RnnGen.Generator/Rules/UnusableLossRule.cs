using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A loss can be called by generated code, and says what its targets are.</summary>
internal sealed class UnusableLossRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN3003",
        "A loss that cannot be used",
        "The loss type of '{0}' {1}: {2}",
        RuleTexts.Training,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn3003");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        for (int i = 0; i < model.Layers.Count; i++)
        {
            (string Fault, string Remedy)? problem = model.Layers[i].Loss switch
            {
                { HasClassTargets: false, HasValueTargets: false } =>
                    ("implements neither IClassLoss nor IValueLoss", "implement the one whose targets it has"),
                { HasClassTargets: true, HasValueTargets: true } =>
                    ("implements both IClassLoss and IValueLoss", "keep the one whose targets it has"),
                { IsAccessible: false } => ("is not visible to generated code", "make it internal or public"),
                _ => null,
            };
            if (problem is { } found)
            {
                yield return OnLayer(i, null, model.Layers[i].Title, found.Fault, found.Remedy).Doubting(i);
            }
        }
    }
}
