using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>An enum has one of its values.</summary>
internal sealed class UnknownEnumValueRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN2004",
        "A value outside of its enum",
        "'{0}' has {1} {2}, which {3} has not: write {4}",
        RuleTexts.Options,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn2004");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        foreach (ArgumentSpec argument in model.Arguments.Where(IsUnknown))
        {
            yield return OnModel(argument.Name, Details("SequenceModel", argument));
        }

        for (int i = 0; i < model.Layers.Count; i++)
        {
            foreach (ArgumentSpec argument in model.Layers[i].Arguments.Where(IsUnknown))
            {
                yield return OnLayer(i, argument.Name, Details(model.Layers[i].Title, argument));
            }
        }
    }

    private static bool IsUnknown(ArgumentSpec argument) => argument is { Kind: ArgumentKind.Enum, Text: null };

    private static string[] Details(string attribute, ArgumentSpec argument) =>
    [
        attribute, argument.Name, RuleTexts.Number(argument.Number), argument.Enum!.Name,
        RuleTexts.OneOf(argument.Enum.Members.Select(member => $"{argument.Enum.Name}.{member}")),
    ];
}
