using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>There is one loss.</summary>
internal sealed class SecondLossRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1007",
        "A second loss",
        "'{0}' is a second loss besides '{1}': keep one of them",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1007");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        var stack = new LayerStack(model);
        return stack.All(LayerRole.Loss).Skip(1).Select(i => OnLayer(i, null, stack.Name(i), stack.Name(stack.Loss)));
    }
}
