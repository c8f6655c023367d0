using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A loss that takes logits gets them: from a linear layer, two or more.</summary>
internal sealed class LogitsRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN3002",
        "A loss that does not fit its head",
        "'{0}' takes the logits of two classes or more, but '{1}' above it {2}: {3}",
        RuleTexts.Training,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn3002");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        int loss = new LayerStack(model).Loss;
        if (loss < 1 || model.Layers[loss].Loss is not { ExpectsLogits: true })
        {
            yield break;
        }

        (string name, LayerSpec head) = (model.Layers[loss].Name, model.Layers[loss - 1]);
        if (LayerCatalog.Find(head) is not DenseLayer)
        {
            yield break;
        }

        if (head.Text("Activation") is { } activation and not "Linear")
        {
            yield return OnLayer(
                loss - 1, "Activation", name, head.Name, $"applies {activation}", "take Activation away");
        }

        if (head.Number("size", 0) < 2)
        {
            string size = "has size " + RuleTexts.Number(head.Number("size", 0));
            yield return OnLayer(loss - 1, "size", name, head.Name, size, "write 2 or more, or another loss");
        }
    }
}
