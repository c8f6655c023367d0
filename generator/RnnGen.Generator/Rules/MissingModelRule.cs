using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A class with layers is a model.</summary>
internal sealed class MissingModelRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0018",
        "Layers without a model",
        "'{0}' has the layer '{1}' but is no model, so nothing is generated: write [SequenceModel] above it",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0018");

    public override DiagnosticDescriptor Descriptor => Broken;

    // An attribute that the compiler does not know may have been meant as the missing one.
    public override IEnumerable<Finding> Check(ModelSpec model) =>
        model.HasModelAttribute || !model.HasReadableAttributes
            ? []
            : [OnLayer(0, null, model.Name, model.Layers[0].Title)];
}
