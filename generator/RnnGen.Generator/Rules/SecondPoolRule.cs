using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>Sequences are pooled once.</summary>
internal sealed class SecondPoolRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1006",
        "A second pooling layer",
        "'{0}' needs a row for every step, but '{1}' above it leaves one for each sequence already: keep one of them",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1006");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        var stack = new LayerStack(model);
        return stack.All(LayerRole.Pool)
            .Where(i => stack.PoolAbove(i) >= 0)
            .Select(i => OnLayer(i, null, stack.Name(i), stack.Name(stack.PoolAbove(i))));
    }
}
