using Microsoft.CodeAnalysis;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>What a layer makes is read by another, but for the last one.</summary>
internal sealed class UnreadLayerRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1022",
        "A branch that leads nowhere",
        "Nothing reads the rows of '{0}', since '{1}' below it goes on from another layer: name it further down, for "
            + "instance by [Concatenate(\"{2}\")], or take the branch away",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1022");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        var wiring = new Wiring(model);
        for (int i = 0; i < model.Layers.Count - 1; i++)
        {
            if (wiring.Readers(i) == 0 && LayerCatalog.Find(model.Layers[i])?.Role != LayerRole.Loss)
            {
                yield return OnLayer(i, null, model.Layers[i].Title, model.Layers[i + 1].Title, wiring.Names[i]);
            }
        }
    }
}
