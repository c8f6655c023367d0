using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>One layer reads the input.</summary>
internal sealed class SecondInputRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1004",
        "A second input",
        "'{0}' reads the model's input, which '{1}' does already: keep one of them",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1004");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        var stack = new LayerStack(model);
        return stack.All(LayerRole.Source).Skip(1)
            .Select(i => OnLayer(i, null, stack.Name(i), stack.Name(stack.Source)));
    }
}
