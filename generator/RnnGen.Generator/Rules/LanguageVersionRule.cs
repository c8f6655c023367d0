using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>The project's C# is new enough for generated code.</summary>
internal sealed class LanguageVersionRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0010",
        "The language version is too old",
        "The code of '{0}' is C# {1}, and this project is set to C# {2}: take <LangVersion> out of the project "
            + "file, or write {1} or more there",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0010");

    public override DiagnosticDescriptor Descriptor => Broken;

    /// <summary>A test compiles models with this version.</summary>
    public const int Needed = 12;

    public override IEnumerable<Finding> Check(ModelSpec model) => model.Options.LanguageVersion >= Needed
        ? []
        : [OnClass(model.Name, RuleTexts.Number(Needed), RuleTexts.Number(model.Options.LanguageVersion))];
}
