using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A stack has a layer, and not so many that its code would not end.</summary>
internal sealed class LayerCountRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN2006",
        "Layers outside of its range",
        "'{0}' has Layers {1}: write 1 to {2}",
        RuleTexts.Options,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn2006");

    public override DiagnosticDescriptor Descriptor => Broken;

    private const int Most = 64;

    public override IEnumerable<Finding> Check(ModelSpec model) =>
        from i in Enumerable.Range(0, model.Layers.Count)
        let layers = model.Layers[i].Number("Layers", 1)
        where layers is < 1 or > Most
        select OnLayer(i, "Layers", model.Layers[i].Title, RuleTexts.Number(layers), RuleTexts.Number(Most));
}
