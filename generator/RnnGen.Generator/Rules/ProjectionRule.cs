using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A state is projected onto fewer numbers, and nothing but products reads it.</summary>
internal sealed class ProjectionRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN2007",
        "A projection that cannot be",
        "'{0}' has Projection {1}: {2}",
        RuleTexts.Options,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn2007");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        for (int i = 0; i < model.Layers.Count; i++)
        {
            LayerSpec layer = model.Layers[i];
            if (layer.Cell is { } cell && RecurrentLayer.IsProjected(layer) && Fault(layer, cell) is { } fault)
            {
                string projection = RuleTexts.Number(RecurrentLayer.Projection(layer));
                yield return OnLayer(i, "Projection", layer.Title, projection, fault);
            }
        }
    }

    private static string? Fault(LayerSpec layer, CellSpec cell)
    {
        double size = layer.Number("size", 0);
        int projection = RecurrentLayer.Projection(layer);
        if (ReadsStateItself(cell))
        {
            return "its equations also read the hidden state number by number, which has another size then: take "
                + "Projection away";
        }

        return projection > 0 && projection < size ? null
            : size > 1 ? $"write 1 to {RuleTexts.Number(size - 1)}, or 0 for none"
            : "take Projection away, since there is one unit only";
    }

    // Terms name it as their operand; whatever else has it as an operand computes with it.
    private static bool ReadsStateItself(CellSpec cell)
    {
        int[] states = [.. Enumerable.Range(0, cell.Nodes.Count)
            .Where(id => cell.Nodes[id] is { Operation: Operation.State, Index: 0 })];
        return cell.Nodes.Any(node => !node.IsLeaf && (states.Contains(node.Left) || states.Contains(node.Right)))
            || cell.Results.Any(states.Contains);
    }
}
