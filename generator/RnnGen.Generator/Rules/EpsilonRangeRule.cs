using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>What is added to a variance keeps it from zero, and does not hide it.</summary>
internal sealed class EpsilonRangeRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN2008",
        "Epsilon outside of its range",
        "'{0}' has Epsilon {1}: write a number from 1E-12 to 1",
        RuleTexts.Options,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn2008");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) =>
        from i in Enumerable.Range(0, model.Layers.Count)
        from argument in model.Layers[i].Arguments
        where argument is { Name: "Epsilon", Kind: ArgumentKind.Real, Number: not (>= 1e-12 and <= 1) }
        select OnLayer(i, argument.Name, model.Layers[i].Name, RuleTexts.Number(argument.Number));
}
