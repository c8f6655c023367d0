using Microsoft.CodeAnalysis;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>What a batch is computed in fits into one array, and so does each of its inputs.</summary>
internal sealed class TooMuchWorkspaceRule : MemoryRule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN2002",
        "Steps and Batch too large",
        "{0} times Batch {1} are {2} rows of {3}, {4} in all, and {5} are the most: write smaller ones",
        RuleTexts.Options,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn2002");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model, MemoryNeeds needs)
    {
        // A layer that is too large by itself is the affair of another rule.
        if (TooManyWeightsRule.Overfull(needs) is not null)
        {
            yield break;
        }

        // The state of a stream has one row where a batch has many, and is emitted with it.
        long numbers = Math.Max(needs.Numbers.Workspace, needs.Numbers.State);
        InputNeeds input = needs.Input;
        if (numbers > MemoryNeeds.Most)
        {
            double rows = ((double)model.Steps + model.TargetSteps) * model.Batch;
            string each = $"about {RuleTexts.Number(Math.Round(numbers / rows))} numbers";
            yield return TooMany(model, Steps(model), rows, each, numbers);
        }
        else if (input.Numbers > MemoryNeeds.Most)
        {
            string each = $"{RuleTexts.Number(input.Width)} numbers of '{input.Name}'";
            yield return TooMany(model, [Steps(model)[input.Axis]], input.Rows, each, input.Numbers);
        }
    }

    private Finding TooMany(
        ModelSpec model, (string Name, int Value)[] steps, double rows, string each, long numbers) => OnModel(
        Culprit(model, steps),
        RuleTexts.All(steps.Select(axis => $"{axis.Name} {RuleTexts.Number(axis.Value)}")),
        RuleTexts.Number(model.Batch), RuleTexts.Number(rows), each, RuleTexts.Number(numbers),
        RuleTexts.Number(MemoryNeeds.Most));

    private static (string Name, int Value)[] Steps(ModelSpec model) => model.IsEncoderDecoder
        ? [("SourceSteps", model.Steps), ("TargetSteps", model.TargetSteps)]
        : [("Steps", model.Steps)];

    // The largest of those that are written.
    private static string? Culprit(ModelSpec model, (string Name, int Value)[] steps) => steps
        .Concat([(Name: "Batch", Value: model.Batch)])
        .Where(number => model.Arguments.Any(argument => argument.Name == number.Name))
        .OrderByDescending(number => number.Value)
        .Select(number => number.Name)
        .FirstOrDefault();
}
