using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>Models can be made: they are neither static nor abstract.</summary>
internal sealed class NoInstanceRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0004",
        "A model cannot be static or abstract",
        "'{0}' is {1}, so that no model could be made: take the word '{1}' away",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0004");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) => model.Declaration switch
    {
        { IsStatic: true } => [OnClass(model.Name, "static")],
        { IsAbstract: true, Keyword: "class" } => [OnClass(model.Name, "abstract")],
        _ => [],
    };
}
