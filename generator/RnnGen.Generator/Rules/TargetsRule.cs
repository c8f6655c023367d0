using Microsoft.CodeAnalysis;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>The project's list of SIMD targets names some, and none that there is not.</summary>
internal sealed class TargetsRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0020",
        "SIMD targets that do not exist",
        "'{0}' gets no code, since RnnGenTargets of this project {1}: write one or more of {2} there, or All",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0020");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        if (model.Options.Targets is not { } names || model.Declaration.Keyword != "class")
        {
            return [];
        }

        string[] unknown = [.. TargetNames.Unknown(names).Select(name => $"'{name}'")];
        return names.Count > 0 && unknown.Length == 0 ? []
            : [OnClass(
                model.Name,
                names.Count == 0 ? "names no target" : $"names {RuleTexts.All(unknown)}",
                RuleTexts.All(TargetNames.Known))];
    }
}
