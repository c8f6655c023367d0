using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>All layers stand on one part of the class: between parts there is no order.</summary>
internal sealed class LayersOnSeveralPartsRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0006",
        "Layers on several parts of a class",
        "'{0}' stands on another part of '{1}' than '{2}', so that their order is not known: write all layers on "
            + "one part",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0006");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        for (int i = 1; i < model.Layers.Count; i++)
        {
            if (model.Layers[i].Part != model.Layers[0].Part)
            {
                return [OnLayer(i, null, model.Layers[i].Title, model.Name, model.Layers[0].Title)];
            }
        }

        return [];
    }
}
