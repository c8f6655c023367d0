using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>The layer that reads the input is the first.</summary>
internal sealed class InputNotFirstRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1003",
        "The input is not the first layer",
        "'{0}' reads the model's input, so it must be the first layer: move it above '{1}'",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1003");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        var stack = new LayerStack(model);
        return stack.Source > 0 ? [OnLayer(stack.Source, null, stack.Name(stack.Source), stack.Name(0))] : [];
    }
}
