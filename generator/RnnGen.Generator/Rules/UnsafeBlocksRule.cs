using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>The project allows unsafe blocks: generated code works on pointers.</summary>
internal sealed class UnsafeBlocksRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0009",
        "Unsafe blocks are not allowed",
        "The code of '{0}' works on pointers, which this project does not allow: write "
            + "<AllowUnsafeBlocks>true</AllowUnsafeBlocks> into the project file",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0009");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) =>
        model.Options.AllowUnsafeBlocks || model.Declaration.Keyword != "class" ? [] : [OnClass(model.Name)];
}
