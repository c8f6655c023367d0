using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>Attributes name no constant that is generated itself: the compiler finds it, but only afterwards.</summary>
internal sealed class GeneratedNumberRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0019",
        "A number that is generated",
        "'{0}' is generated, and so not known yet when '{1}' is: write its number, or a constant of your own for both",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0019");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) => model.GeneratedNumbers.Select(number =>
        number.Layer < 0
            ? OnModel(number.Argument, number.Text, model.Name)
            : OnLayer(number.Layer, number.Argument, number.Text, model.Name));
}
