using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>Where one head has a loss, all have.</summary>
internal sealed class UnjudgedHeadRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1023",
        "A head without a loss",
        "'{0}' ends the last branch without a loss, while '{1}' ends another: write a loss below '{0}', or take the "
            + "branch away",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1023");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        var stack = new LayerStack(model);
        int last = stack.Count - 1;
        return stack.Loss >= 0 && !stack.Is(last, LayerRole.Loss)
            ? [OnLayer(last, null, stack.Name(last), stack.Name(stack.Loss))]
            : [];
    }
}
