using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A model starts with what it reads.</summary>
internal sealed class MissingInputRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1002",
        "A model without an input",
        "'{0}' is the first layer of '{1}', but nothing says what the model reads: write [Input(features)] or "
            + "[Embedding(vocabulary, size)] above it",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1002");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) =>
        model.Layers.Count > 0 && LayerCatalog.Find(model.Layers[0]) is not null && new LayerStack(model).Source < 0
            ? [OnLayer(0, null, model.Layers[0].Title, model.Name)]
            : [];
}
