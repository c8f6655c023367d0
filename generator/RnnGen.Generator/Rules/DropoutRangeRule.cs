using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>Dropout leaves something.</summary>
internal sealed class DropoutRangeRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN2003",
        "Dropout outside of its range",
        "'{0}' has {1} {2}: write a probability of 0 or more and less than 1",
        RuleTexts.Options,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn2003");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) =>
        from i in Enumerable.Range(0, model.Layers.Count)
        from argument in model.Layers[i].Arguments
        where argument is { Name: "rate" or "Dropout", Kind: ArgumentKind.Real, Number: not (>= 0 and < 1) }
        select OnLayer(i, argument.Name, model.Layers[i].Title, argument.Name, RuleTexts.Number(argument.Number));
}
