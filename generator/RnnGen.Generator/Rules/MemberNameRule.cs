using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A model is not called like one of the members that it gets.</summary>
internal sealed class MemberNameRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0007",
        "A model with the name of one of its members",
        "A model cannot be called '{0}', because it gets a member of that name: write another name",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0007");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) =>
        GeneratedMembers.Names.Contains(model.Name) ? [OnClass(model.Name)] : [];
}
