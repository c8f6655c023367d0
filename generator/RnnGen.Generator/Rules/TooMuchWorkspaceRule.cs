using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>What a batch is computed in fits into one array.</summary>
internal sealed class TooMuchWorkspaceRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN2002",
        "Steps and Batch too large",
        "Steps {0} times Batch {1} are {2} rows of about {3} numbers, {4} in all, and {5} are the most: write "
            + "smaller ones",
        RuleTexts.Options,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn2002");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        double rows = (double)model.Steps * model.Batch;
        double numbers = ArenaEstimate.Workspace(model);

        // A layer that is too large by itself is the affair of another rule.
        if (numbers <= ArenaEstimate.Most || ArenaEstimate.Weights(model).Sum() > ArenaEstimate.Most)
        {
            return [];
        }

        string[] details =
        [
            RuleTexts.Number(model.Steps), RuleTexts.Number(model.Batch), RuleTexts.Number(rows),
            RuleTexts.Number(Math.Round(numbers / rows)), RuleTexts.Number(numbers),
            RuleTexts.Number(ArenaEstimate.Most),
        ];
        return [OnModel(Culprit(model), details)];
    }

    // The one that is written, or the larger of both.
    private static string? Culprit(ModelSpec model)
    {
        string[] written =
            [.. model.Arguments.Select(argument => argument.Name).Where(name => name is "Steps" or "Batch")];
        return written.Length < 2 ? written.FirstOrDefault() : model.Steps >= model.Batch ? "Steps" : "Batch";
    }
}
