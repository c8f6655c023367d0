using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A batch holds something.</summary>
internal sealed class BatchShapeRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN2001",
        "Steps or Batch below 1",
        "{0} is {1}: write 1 or more",
        RuleTexts.Options,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn2001");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        string steps = model.IsEncoderDecoder ? "SourceSteps" : "Steps";
        if (model.Steps < 1)
        {
            yield return OnModel(steps, steps, RuleTexts.Number(model.Steps));
        }

        if (model.IsEncoderDecoder && model.TargetSteps < 1)
        {
            yield return OnModel("TargetSteps", "TargetSteps", RuleTexts.Number(model.TargetSteps));
        }

        if (model.Batch < 1)
        {
            yield return OnModel("Batch", "Batch", RuleTexts.Number(model.Batch));
        }
    }
}
