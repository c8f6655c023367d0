using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A model has no required members: <c>Load</c>, which makes one, could not set them.</summary>
internal sealed class RequiredMemberRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0017",
        "A required member",
        "'{0}' is required{1}, and Load, which makes a '{2}', has no value for it: {3}",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0017");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        MemberShape[] generated = [.. GeneratedMembers.Of(model)];
        EquatableArray<MemberSpec> members = model.Declaration.Members;
        for (int i = 0; i < members.Count; i++)
        {
            if (!members[i].IsRequired || generated.Any(members[i].Shape.ClashesWith))
            {
                continue;
            }

            string name = members[i].Shape.Name;
            yield return members[i].InheritedFrom is { } from
                ? OnClass(name, $" by '{from}'", model.Name, "take the word away there, or that base class here")
                : OnMember(i, name, "", model.Name, "take the word 'required' away and give it a first value");
        }
    }
}
