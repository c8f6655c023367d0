using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>Constructors can be generated: nothing has to be passed to another one.</summary>
internal sealed class ConstructorRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0008",
        "A model whose constructor needs arguments",
        "The constructors of '{0}' are generated, and have nothing to pass to a primary constructor: write "
            + "'class {0}' without parameters",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0008");

    public override DiagnosticDescriptor Descriptor => Broken;

    // What a base class asks for, the compiler says.
    public override IEnumerable<Finding> Check(ModelSpec model) =>
        model.Declaration.HasPrimaryConstructor ? [OnClass(model.Name)] : [];
}
