using Microsoft.CodeAnalysis;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A layer that names another names one further up.</summary>
internal sealed class UnknownNamedLayerRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1020",
        "A layer that is not there",
        "'{0}' names the layer \"{1}\", and no layer above it is called so: write {2}",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1020");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        var wiring = new Wiring(model);
        for (int i = 0; i < model.Layers.Count; i++)
        {
            LayerSpec layer = model.Layers[i];
            foreach (string name in LayerCatalog.Find(layer)?.Named(layer) ?? [])
            {
                if (wiring.Find(name, i) < 0)
                {
                    IEnumerable<string> known = wiring.Names.Take(i).Distinct().Select(known => $"\"{known}\"");
                    yield return OnLayer(
                        i, layer.Argument("layer") is null ? "Context" : "layer", layer.Title, name,
                        RuleTexts.OneOf(known));
                }
            }
        }
    }
}
