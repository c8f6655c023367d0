using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A cell's equations know the option that is chosen.</summary>
internal sealed class OptionWithoutEquationRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN2005",
        "An option that the equations do not know",
        "'{0}' has {1} {2}, which its equations do not know: write {3}",
        RuleTexts.Options,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn2005");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) =>
        from i in Enumerable.Range(0, model.Layers.Count)
        from option in model.Layers[i].Cell?.Options ?? EquatableArray<OptionSpec>.Empty
        let argument = model.Layers[i].Argument(option.Name)
        where argument is { Kind: ArgumentKind.Enum, Text: not null } && !option.Values.Contains(argument.Text)
        select OnLayer(
            i, argument.Name, model.Layers[i].Title, argument.Name, argument.Text!,
            RuleTexts.OneOf(option.Values.Select(value => $"{argument.Enum!.Name}.{value}")));
}
