using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Rules;

/// <summary>
/// Stands unseen beside <see cref="NotPartialRule"/>, whose error the generator reports: editors offer fixes for what
/// analyzers report only.
/// </summary>
internal static class MakePartialRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "RNN9001",
        "A model class can be made partial",
        "{0} can be made partial",
        RuleTexts.Advice,
        DiagnosticSeverity.Hidden,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn9001");
}
