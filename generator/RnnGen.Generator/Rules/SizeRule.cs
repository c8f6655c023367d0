using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>Sizes, the whole numbers that a layer is constructed from, are positive.</summary>
internal sealed class SizeRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1009",
        "A size below 1",
        "'{0}' has {1} {2}: write 1 or more",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1009");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) =>
        from i in Enumerable.Range(0, model.Layers.Count)
        from argument in model.Layers[i].Arguments
        where argument.Kind == ArgumentKind.Integer && argument.IsPositional && argument.Number < 1
        select OnLayer(i, argument.Name, model.Layers[i].Title, argument.Name, RuleTexts.Number(argument.Number));
}
