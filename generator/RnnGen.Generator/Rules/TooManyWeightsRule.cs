using Microsoft.CodeAnalysis;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>The weights fit into one array.</summary>
internal sealed class TooManyWeightsRule : MemoryRule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1010",
        "Too many weights",
        "'{0}' would have about {1} weights, and a whole model can have {2}: write smaller sizes",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1010");

    public override DiagnosticDescriptor Descriptor => Broken;

    // The weights as each pass reads them; padding is not the same everywhere.
    private static readonly Func<WeightLengths, long>[] Arenas =
        [lengths => lengths.Parameters, lengths => lengths.Transposed, lengths => lengths.Step];

    public override IEnumerable<Finding> Check(ModelSpec model, MemoryNeeds needs)
    {
        if (Overfull(needs) is not { } weights)
        {
            return [];
        }

        long[] each = [.. needs.Layers.Select(weights)];
        int largest = Array.IndexOf(each, each.Max());
        (string own, string most) = (RuleTexts.Number(each[largest]), RuleTexts.Number(MemoryNeeds.Most));
        return [OnLayer(largest, null, model.Title(largest), own, most)];
    }

    /// <summary>An arena of weights that is too long, or null.</summary>
    public static Func<WeightLengths, long>? Overfull(MemoryNeeds needs) =>
        Arenas.FirstOrDefault(arena => arena(needs.Numbers.Weights) > MemoryNeeds.Most);
}
