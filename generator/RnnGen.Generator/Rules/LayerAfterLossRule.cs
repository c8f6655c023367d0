using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A loss is the last of its branch.</summary>
internal sealed class LayerAfterLossRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1008",
        "A layer below the loss",
        "'{0}' stands below the loss '{1}', which ends a model or a branch: move it above '{1}', or begin another "
            + "branch by [From(layer)]",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1008");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        // Another input or loss is the affair of other rules.
        var stack = new LayerStack(model);
        return Enumerable.Range(0, stack.Count)
            .Where(i => stack.Is(i, LayerRole.Recurrent) || stack.Is(i, LayerRole.Row) || stack.Is(i, LayerRole.Pool))
            .Where(i => stack.Is(stack.ReadBy(i), LayerRole.Loss))
            .Select(i => OnLayer(i, null, stack.Name(i), stack.Name(stack.ReadBy(i))));
    }
}
