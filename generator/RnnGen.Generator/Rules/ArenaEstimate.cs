using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>
/// How much memory a model will take, from above and without planning it: planned places are 32-bit numbers, so what
/// does not fit must be found before.
/// </summary>
internal static class ArenaEstimate
{
    /// <summary>Elements that a .NET array can have, less those that align the first of single precision.</summary>
    public const double Most = 0x7FFFFFC7 - 32;

    // Numbers in the widest vector; and a group of units is rounded up to four such.
    private const double Lanes = 16;
    private const double Group = 4 * Lanes;

    /// <summary>Weights of each layer, padding included. The transposed copies of a layer take no more.</summary>
    public static IEnumerable<double> Weights(ModelSpec model)
    {
        var wiring = new Wiring(model);
        bool[] areTwoSegments = new bool[model.Layers.Count];
        for (int i = 0; i < model.Layers.Count; i++)
        {
            LayerSpec layer = model.Layers[i];
            double width = wiring.Sources(i).Sum(source => Math.Abs((double)wiring.Sizes[source]));
            bool readsTwo = wiring.Sources(i).Any(source => areTwoSegments[source]);
            yield return Weights(layer, width, readsTwo);
            areTwoSegments[i] = layer.Flag("Bidirectional") || (readsTwo && !HasWeights(layer));
        }
    }

    /// <summary>Numbers of a batch's rows: of every step, or of every sequence below a pooling layer.</summary>
    public static double Workspace(ModelSpec model)
    {
        var wiring = new Wiring(model);
        double sum = 0;
        for (int i = 0; i < model.Layers.Count; i++)
        {
            LayerSpec layer = model.Layers[i];
            LayerRole? role = LayerCatalog.Find(layer)?.Role;
            if (role == LayerRole.Loss)
            {
                break;
            }

            double rows = wiring.IsPerStep(i) ? (double)model.Steps * model.Batch : model.Batch;
            double size = Padded(Math.Abs((double)wiring.Sizes[i])) + Lanes;
            sum += layer.Cell is { } cell
                ? Copies(layer) * RowsOf(cell, layer) * (rows + model.Batch)
                : BuffersOfOtherLayers * size * rows;

            // Sums and concatenations of several: a copy of each source, and its gradient.
            double sources = wiring.Sources(i).Sum(source => Padded(Math.Abs((double)wiring.Sizes[source])) + Lanes);
            sum += layer.Flag("Residual") ? Copies(layer) * 3 * (sources + (2 * size)) * rows
                : wiring.Sources(i).Count > 1 ? 2 * sources * rows : 0;
        }

        return sum;
    }

    // Results, their gradient, and the steps of maxima or what dropout leaves.
    private const double BuffersOfOtherLayers = 3;

    // Per step: terms, states, kept values, operands of later stages, the gradient and what dropout leaves of it.
    private static double RowsOf(CellSpec cell, LayerSpec layer)
    {
        double values = cell.Nodes.Count + cell.States.Count + cell.Weights.Count + 2;
        return (cell.Terms.Count * Widened(layer)) + (values * Padded(layer.Number("size", 0)));
    }

    // The others pass on what they get: rows of one segment, or of two.
    private static bool HasWeights(LayerSpec layer) => layer.Cell is not null || layer.Number("size", 0) > 0;

    private static double Weights(LayerSpec layer, double width, bool isBidirectional)
    {
        double size = layer.Number("size", 0);
        if (layer.Cell is not { } cell)
        {
            bool isDense = size > 0 && layer.Number("vocabulary", 0) == 0;
            if (isDense && NarrowDenseWeights.Suits(width, isBidirectional, size))
            {
                return (size * Padded(width)) + Padded(size);
            }

            return Math.Max(layer.Number("vocabulary", 0), Padded(width) + 1) * Padded(size);
        }

        double first = OneLayer(cell, layer, Padded(width));
        double others = OneLayer(cell, layer, Padded(size) * Directions(layer));
        return Directions(layer) * (first + ((layer.Number("Layers", 1) - 1) * others));
    }

    private static double OneLayer(CellSpec cell, LayerSpec layer, double width)
    {
        double columns = Widened(layer);
        return cell.Terms.Sum(term => columns * (1 + (term.HasInput ? width : 0) + (term.Operand >= 0 ? columns : 0)))
            + (cell.Weights.Count * columns);
    }

    private static double Copies(LayerSpec layer) => Directions(layer) * layer.Number("Layers", 1);

    private static double Directions(LayerSpec layer) => layer.Flag("Bidirectional") ? 2 : 1;

    private static double Padded(double size) => Math.Ceiling(size / Lanes) * Lanes;

    private static double Widened(LayerSpec layer) => Math.Ceiling(layer.Number("size", 0) / Group) * Group;
}
