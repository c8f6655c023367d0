using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A cell's equations can be read.</summary>
internal sealed class UnreadableCellRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0012",
        "Equations that cannot be read",
        "The equations of '{0}' cannot be read: {1}",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0012");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) => Enumerable.Range(0, model.Layers.Count)
        .Where(i => model.Layers[i].CellProblem is not null)
        .Select(i => OnLayer(i, null, model.Layers[i].Title, model.Layers[i].CellProblem!));
}
