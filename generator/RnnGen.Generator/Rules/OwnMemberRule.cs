using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A model's own members are not those that it gets.</summary>
internal sealed class OwnMemberRule : Rule
{
    public const string Id = "RNN0015";

    private static readonly DiagnosticDescriptor Broken = new(
        Id,
        "A member that the model gets",
        "'{0}' gets {1} of its own, which cannot stand beside this one: write another {2}",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0015");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        MemberShape[] generated = [.. GeneratedMembers.Of(model)];
        EquatableArray<MemberSpec> members = model.Declaration.Members;
        for (int i = 0; i < members.Count; i++)
        {
            MemberSpec member = members[i];
            if (member.InheritedFrom is null
                && generated.FirstOrDefault(member.Shape.ClashesWith) is { } clash)
            {
                yield return OnMember(i, model.Name, RuleTexts.Member(clash, model.Name), Remedy(clash));
            }
        }
    }

    private static string Remedy(MemberShape clash) =>
        clash.Name == MemberShape.Constructor ? "list of parameters" : "name";
}
