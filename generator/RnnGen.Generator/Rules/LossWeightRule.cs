using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>The weight of a loss is a positive number.</summary>
internal sealed class LossWeightRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN3004",
        "A weight that is none",
        "'{0}' has Weight = {1}: write a number above 0, and finite",
        RuleTexts.Training,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn3004");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        for (int i = 0; i < model.Layers.Count; i++)
        {
            double weight = LossLayer.Weight(model.Layers[i]);
            if (model.Layers[i].Loss is not null && !(weight > 0 && weight < double.PositiveInfinity))
            {
                yield return OnLayer(i, "Weight", model.Layers[i].Title, RuleTexts.Number(weight));
            }
        }
    }
}
