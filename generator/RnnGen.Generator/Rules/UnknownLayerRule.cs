using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>Every layer attribute declares a layer that exists.</summary>
internal sealed class UnknownLayerRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0011",
        "An attribute that declares no layer",
        "'{0}' derives from LayerAttribute but is no layer that RnnGen has: derive it from "
            + "RecurrentAttribute<TCell> or LossAttribute<TLoss>, or take it away",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0011");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) => Enumerable.Range(0, model.Layers.Count)
        .Where(i => LayerCatalog.Find(model.Layers[i]) is null)
        .Select(i => OnLayer(i, null, model.Layers[i].Title));
}
