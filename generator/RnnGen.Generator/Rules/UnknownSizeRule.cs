using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A recurrent attribute says its size where it is used.</summary>
internal sealed class UnknownSizeRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0013",
        "A recurrent layer without a size",
        "The size of '{0}' is not known: give its constructor a parameter 'int size' and pass that on",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0013");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) => new LayerStack(model).All(LayerRole.Recurrent)
        .Where(i => model.Layers[i].Argument("size") is null)
        .Select(i => OnLayer(i, null, model.Layers[i].Title));
}
