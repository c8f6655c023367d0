using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>Heads are known by their names, and so are inputs.</summary>
internal sealed class RepeatedHeadNameRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1026",
        "A head whose name is taken",
        "The head of '{0}' is called \"{1}\", as {2} is: write a Name that differs in more than punctuation and "
            + "capitals",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1026");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        if (model.Layers.Count(layer => layer.Loss is not null) < 2)
        {
            yield break;
        }

        var known = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string input in model.IsEncoderDecoder ? new[] { "source", "target" } : ["inputs"])
        {
            known.Add(input, "the model's input");
        }

        var kinds = new Dictionary<string, int>();
        for (int i = 0; i < model.Layers.Count; i++)
        {
            LayerSpec layer = model.Layers[i];
            if (layer.BeginsStack)
            {
                kinds.Clear();
            }

            string name = LayerNames.Of(layer, kinds);
            if (layer.Loss is null)
            {
                continue;
            }

            string letters = LayerNames.Identifier(name);
            if (known.TryGetValue(letters, out string? other))
            {
                yield return OnLayer(i, layer.Text("Name") is null ? null : "Name", layer.Title, name, other);
            }
            else
            {
                known.Add(letters, $"that of '{layer.Title}' above it");
            }
        }
    }
}
