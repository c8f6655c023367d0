using Microsoft.CodeAnalysis;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>Rows have one loss; another one is that of a branch.</summary>
internal sealed class SecondLossRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1007",
        "A second loss",
        "'{0}' is a second loss besides '{1}': keep one of them, or begin a branch for it by [From(\"{2}\")] between",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1007");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        var stack = new LayerStack(model);
        var wiring = new Wiring(model);
        foreach (int loss in stack.All(LayerRole.Loss).Where(i => stack.Is(stack.ReadBy(i), LayerRole.Loss)))
        {
            int above = stack.ReadBy(loss);
            string read = stack.ReadBy(above) is >= 0 and var rows ? wiring.Names[rows] : "layer";
            yield return OnLayer(loss, null, stack.Name(loss), stack.Name(above), read).Doubting(above);
        }
    }
}
