using Microsoft.CodeAnalysis;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>What a batch is computed in fits into one array.</summary>
internal sealed class TooMuchWorkspaceRule : MemoryRule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN2002",
        "Steps and Batch too large",
        "{0} times Batch {1} are {2} rows of about {3} numbers, {4} in all, and {5} are the most: write smaller ones",
        RuleTexts.Options,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn2002");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model, MemoryNeeds needs)
    {
        // The state of a stream has one row where a batch has many, and is emitted with it.
        long numbers = Math.Max(needs.Numbers.Workspace, needs.Numbers.State);

        // A layer that is too large by itself is the affair of another rule.
        if (numbers <= MemoryNeeds.Most || TooManyWeightsRule.Overfull(needs) is not null)
        {
            return [];
        }

        double rows = ((double)model.Steps + model.TargetSteps) * model.Batch;
        string[] details =
        [
            RuleTexts.All(Steps(model).Select(steps => $"{steps.Name} {RuleTexts.Number(steps.Value)}")),
            RuleTexts.Number(model.Batch), RuleTexts.Number(rows), RuleTexts.Number(Math.Round(numbers / rows)),
            RuleTexts.Number(numbers), RuleTexts.Number(MemoryNeeds.Most),
        ];
        return [OnModel(Culprit(model), details)];
    }

    private static (string Name, int Value)[] Steps(ModelSpec model) => model.IsEncoderDecoder
        ? [("SourceSteps", model.Steps), ("TargetSteps", model.TargetSteps)]
        : [("Steps", model.Steps)];

    // The largest of those that are written.
    private static string? Culprit(ModelSpec model) => Steps(model)
        .Concat([(Name: "Batch", Value: model.Batch)])
        .Where(number => model.Arguments.Any(argument => argument.Name == number.Name))
        .OrderByDescending(number => number.Value)
        .Select(number => number.Name)
        .FirstOrDefault();
}
