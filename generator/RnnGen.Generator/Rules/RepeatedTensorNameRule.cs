using Microsoft.CodeAnalysis;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>Tensors of different layers have different names.</summary>
internal sealed class RepeatedTensorNameRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1012",
        "Two layers whose tensors have one name",
        "The tensors of '{0}' would be called '{1}', those of '{2}' above it '{3}': write a Name that differs in "
            + "more than punctuation and capitals",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1012");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        var wiring = new Wiring(model);
        var known = new Dictionary<string, (int Layer, string Prefix)>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < model.Layers.Count; i++)
        {
            // Layers with weights are those with a size.
            LayerSpec layer = model.Layers[i];
            if (layer.Argument("size") is null)
            {
                continue;
            }

            string prefix = wiring.Names[i];
            string letters = string.Concat(prefix.Where(char.IsLetterOrDigit));
            if (known.TryGetValue(letters, out (int Layer, string Prefix) other))
            {
                yield return layer.Text("Name") is null
                    ? OnLayer(other.Layer, "Name", model.Layers[other.Layer].Title, other.Prefix, layer.Title, prefix)
                    : OnLayer(i, "Name", layer.Title, prefix, model.Layers[other.Layer].Title, other.Prefix);
            }
            else
            {
                known.Add(letters, (i, prefix));
            }
        }
    }
}
