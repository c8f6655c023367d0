using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A recurrent layer gets a row for every step.</summary>
internal sealed class RecurrentAfterPoolRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1005",
        "A recurrent layer below a pooling one",
        "'{0}' needs a row for every step, but '{1}' above it leaves one for each sequence: move it above '{1}'",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1005");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        var stack = new LayerStack(model);
        return stack.All(LayerRole.Recurrent)
            .Where(i => stack.PoolAbove(i) >= 0)
            .Select(i => OnLayer(i, null, stack.Name(i), stack.Name(stack.PoolAbove(i))));
    }
}
