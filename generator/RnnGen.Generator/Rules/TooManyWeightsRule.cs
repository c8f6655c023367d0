using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>The weights fit into one array.</summary>
internal sealed class TooManyWeightsRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1010",
        "Too many weights",
        "'{0}' would have about {1} weights, and a whole model can have {2}: write smaller sizes",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1010");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        double[] weights = [.. ArenaEstimate.Weights(model)];
        if (weights.Sum() <= ArenaEstimate.Most)
        {
            return [];
        }

        int largest = Array.IndexOf(weights, weights.Max());
        LayerSpec layer = model.Layers[largest];
        (string own, string most) = (RuleTexts.Number(weights[largest]), RuleTexts.Number(ArenaEstimate.Most));
        return [OnLayer(largest, null, layer.Title, own, most)];
    }
}
