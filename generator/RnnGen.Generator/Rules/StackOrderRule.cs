using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>An encoder and a decoder, where the model is declared as both, and nowhere else.</summary>
internal sealed class StackOrderRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1024",
        "Stacks that do not fit the model",
        "{0}: {1}",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1024");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        int[] begins = [.. Enumerable.Range(0, model.Layers.Count).Where(i => model.Layers[i].BeginsStack)];
        if (!model.IsEncoderDecoder)
        {
            return begins.Take(1).Select(i => OnLayer(
                i, null, $"'{model.Layers[i].Name}' begins a stack, but a [SequenceModel] has one stack",
                "take it away, or write [EncoderDecoder] instead of [SequenceModel]"));
        }

        if (begins.Length > 0 && begins[0] > 0)
        {
            return [OnLayer(
                0, null, $"'{model.Layers[0].Name}' stands in no stack", "write [Encoder] above it")];
        }

        string[] names = [.. model.Stacks.Where(stack => stack.Name.Length > 0).Select(stack => stack.Name)];
        return names is ["encoder", "decoder"]
            ? []
            : [OnModel(
                null, names.Length == 0 ? "An encoder–decoder has no stacks"
                    : $"An encoder–decoder has the stacks {string.Join(", ", names)}",
                "write [Encoder] and its layers, then [Decoder] and its layers")];
    }
}
