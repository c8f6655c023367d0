using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Rules;

/// <summary>Layers belong to a model. The generator looks at models only, so this is the analyzer's.</summary>
internal static class LayersWithoutModelRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "RNN9002",
        "Layers without a model",
        "'{0}' has the layer '{1}' but is no model, so nothing is generated: write [SequenceModel] above it",
        RuleTexts.Advice,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn9002");
}
