using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A model is no record: copies of it would share weights, and equality would mean nothing.</summary>
internal sealed class RecordRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0003",
        "A model cannot be a record",
        "'{0}' is a record, whose copies would share one set of weights: write 'class' instead of 'record'",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0003");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) =>
        model.Declaration.Keyword == "record" ? [OnClass(model.Name)] : [];
}
