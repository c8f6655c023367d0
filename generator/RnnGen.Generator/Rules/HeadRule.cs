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
        return stack.All(LayerRole.Loss)
            .Where(loss => model.Layers[loss].Loss is { MinimumLogits: > 0 } && stack.ReadBy(loss) >= 0
                && LayerCatalog.Find(model.Layers[stack.ReadBy(loss)]) is not DenseLayer)
            .Select(loss => OnLayer(
                loss, null, stack.Name(loss), stack.Name(stack.ReadBy(loss)),
                Advice(model, stack, stack.ReadBy(loss))).Doubting(loss));
    }

    private static string Advice(ModelSpec model, LayerStack stack, int above) =>
        LayerCatalog.Find(model.Layers[above]) is ActivationLayer
            ? $"take '{stack.Name(above)}' away"
            : "write [Dense(size)] between them";
}
