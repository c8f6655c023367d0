using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>Dropout between stacked layers needs two of them.</summary>
internal sealed class DropoutWithoutEffectRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN9004",
        "Dropout without effect",
        "'{0}' has Dropout {1}, which lies between stacked layers, but is one layer only: write Layers = 2 or "
            + "more, or [Dropout({1}f)] below it",
        RuleTexts.Advice,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn9004");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) =>
        from i in Enumerable.Range(0, model.Layers.Count)
        let layer = model.Layers[i]
        let dropout = layer.Number("Dropout", 0)
        where dropout > 0 && layer.Cell is not null && layer.Number("Layers", 1) == 1
        select OnLayer(i, "Dropout", layer.Title, RuleTexts.Number(dropout));
}
