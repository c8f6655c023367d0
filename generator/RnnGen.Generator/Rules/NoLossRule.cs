using Microsoft.CodeAnalysis;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A model with a loss can be trained.</summary>
internal sealed class NoLossRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN9003",
        "A model without a loss",
        "'{0}' has no loss, so it runs but cannot be trained: write {1}, if CreateTrainer is to be called",
        RuleTexts.Advice,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn9003");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) =>
        new LayerStack(model).Loss < 0 ? [OnClass(model.Name, LossAdvice.For(model).Advice)] : [];
}
