using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A model's own constructors go on to a generated one, which makes the weights.</summary>
internal sealed class OwnConstructorRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN0014",
        "A constructor that makes no weights",
        "A constructor of '{0}' does not call a generated one, which makes the weights: write ': this(seed: 0)' "
            + "behind its parameters",
        RuleTexts.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn0014");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) =>
        model.Declaration.HasBareConstructor ? [OnClass(model.Name)] : [];
}
