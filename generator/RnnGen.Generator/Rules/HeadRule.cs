using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A loss that takes logits judges what a Dense layer puts out.</summary>
internal sealed class HeadRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN3001",
        "A loss without a head",
        "'{0}' takes the logits of a Dense layer, but '{1}' stands above it: {2}",
        RuleTexts.Training,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn3001");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        var stack = new LayerStack(model);
        return stack.Loss > 0 && model.Layers[stack.Loss].Loss is { MinimumLogits: > 0 }
            && LayerCatalog.Find(model.Layers[stack.Loss - 1]) is not DenseLayer
            ? [OnLayer(stack.Loss, null, stack.Name(stack.Loss), stack.Name(stack.Loss - 1), Advice(model, stack))]
            : [];
    }

    private static string Advice(ModelSpec model, LayerStack stack) =>
        LayerCatalog.Find(model.Layers[stack.Loss - 1]) is ActivationLayer
            ? $"take '{stack.Name(stack.Loss - 1)}' away"
            : "write [Dense(size)] between them";
}
