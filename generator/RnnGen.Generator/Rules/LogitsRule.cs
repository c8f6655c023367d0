using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A loss that takes logits gets them: from a linear layer, as many as it needs.</summary>
internal sealed class LogitsRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN3002",
        "A loss that does not fit its head",
        "'{0}' takes {1}, but '{2}' above it {3}: {4}",
        RuleTexts.Training,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn3002");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        var stack = new LayerStack(model);
        return stack.All(LayerRole.Loss).Where(loss => stack.ReadBy(loss) >= 0)
            .SelectMany(loss => Check(model, loss, stack.ReadBy(loss)));
    }

    private IEnumerable<Finding> Check(ModelSpec model, int loss, int above)
    {
        if (model.Layers[loss].Loss?.MinimumLogits is not { } minimum)
        {
            yield break;
        }

        (string name, LayerSpec head) = (model.Layers[loss].Title, model.Layers[above]);
        if (LayerCatalog.Find(head) is not DenseLayer)
        {
            yield break;
        }

        string wanted = minimum > 1 ? $"{RuleTexts.Number(minimum)} logits or more" : "logits";

        if (head.Text("Activation") is { } activation and not "Linear")
        {
            string applied = $"applies {activation}";
            yield return OnLayer(above, "Activation", name, wanted, head.Title, applied, "take Activation away")
                .Doubting(loss);
        }

        if (head.Number("size", 0) < minimum)
        {
            string size = "has size " + RuleTexts.Number(head.Number("size", 0));
            string advice = $"write {RuleTexts.Number(minimum)} or more, or another loss";
            yield return OnLayer(above, "size", name, wanted, head.Title, size, advice).Doubting(loss);
        }
    }
}
