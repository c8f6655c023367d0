using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A model hides nothing that its base class has.</summary>
internal sealed class InheritedMemberRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0016",
        "A base class with a member that the model gets",
        "'{0}' inherits {1} from '{2}' and gets one of its own, which would hide it: {3}",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0016");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        if (model.Declaration.BaseModel is { } parent)
        {
            // All of them: one mistake.
            yield return OnClass(
                model.Name, "all members of a model", parent, "make it a model of its own, without that base class");
            yield break;
        }

        MemberShape[] generated = [.. GeneratedMembers.Of(model)];
        foreach (MemberSpec member in model.Declaration.Members)
        {
            if (member.InheritedFrom is { } from
                && generated.FirstOrDefault(member.Shape.ClashesWith) is { } clash)
            {
                yield return OnClass(
                    model.Name, RuleTexts.Member(clash, model.Name), from,
                    "write another name there, or keep the model in a field of a class with that base");
            }
        }
    }
}
