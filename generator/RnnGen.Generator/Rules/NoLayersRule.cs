using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>There is something to compute.</summary>
internal sealed class NoLayersRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1001",
        "A model without layers",
        "'{0}' has {1}: write its layers from the input to the loss, for instance [Input(3)], [Lstm(32)], "
            + "[Dense(1)], [MeanSquaredError]",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1001");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        var stack = new LayerStack(model);
        if (stack.Count == 0)
        {
            yield return OnModel(null, model.Name, "no layers");
        }
        else if (stack.Source == 0 && !Enumerable.Range(1, stack.Count - 1).Any(Computes))
        {
            yield return OnLayer(0, null, model.Name, "nothing to compute behind its input");
        }

        bool Computes(int layer) => !stack.Is(layer, LayerRole.Source) && !stack.Is(layer, LayerRole.Loss);
    }
}
