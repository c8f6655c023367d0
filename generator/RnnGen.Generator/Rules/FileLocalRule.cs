using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A model, and every type around it, is seen from other files, where generated code stands.</summary>
internal sealed class FileLocalRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0005",
        "A model cannot be local to a file",
        "'{0}' is visible in its own file only, and generated code stands in others: take the word 'file' away",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0005");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        // Only the outermost type can have the word.
        if (model.ContainingTypes.Count > 0 && model.ContainingTypes[0].IsFileLocal)
        {
            yield return OnContainingType(0, model.ContainingTypes[0].Name);
        }

        if (model.Declaration.IsFileLocal)
        {
            yield return OnClass(model.Name);
        }
    }
}
