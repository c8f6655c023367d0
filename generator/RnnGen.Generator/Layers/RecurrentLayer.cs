using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>
/// A stack of recurrent layers of one cell, in one direction or both. What the cell computes is its equations' affair:
/// nothing here knows a cell by name.
/// </summary>
internal sealed class RecurrentLayer : Layer
{
    public override LayerRole Role => LayerRole.Recurrent;

    // A residual connection reads the input beside the layer.
    public override int Uses(LayerSpec layer) => IsResidual(layer) ? 2 : 1;

    public override int OutputSize(LayerSpec layer, int inputSize) =>
        layer.Integer("size", 0) * (IsBidirectional(layer) ? 2 : 1);

    public static bool IsBidirectional(LayerSpec layer) => layer.Flag("Bidirectional");

    public static bool IsResidual(LayerSpec layer) => layer.Flag("Residual");

    public override Value Plan(LayerSpec layer, Value input, PlanBuilder builder)
    {
        string prefix = builder.LayerName;
        int layers = layer.Integer("Layers", 1);
        CellPlan cell = CellPlanner.Plan(layer.Cell!);
        builder.Options.AddRange(layer.Cell!.Options.Select(option => new OptionPlan(prefix, option)));
        builder.Streams &= !IsBidirectional(layer);
        Value value = input;
        for (int index = 0; index < layers; index++)
        {
            string name = PlanBuilder.Identifier(prefix) + (
                layers == 1 ? "" : "Layer" + index.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Value read = index > 0 ? DropoutLayer.Apply(value, layer.Number("Dropout", 0), builder) : value;
            Value made = PlanLayer(layer, cell, prefix, name, index, read, builder);
            value = IsResidual(layer)
                ? AddLayer.Sum($"{name}Residual", $"{prefix} + what it reads", [made, value], builder) with
                {
                    Readers = Uses(layer),
                }
                : made;
        }

        return value;
    }

    private static Value PlanLayer(
        LayerSpec layer, CellPlan cell, string prefix, string name, int index, Value input, PlanBuilder builder)
    {
        int size = layer.Integer("size", 0);
        int directions = IsBidirectional(layer) ? 2 : 1;
        StateRows output = StateRows.Add(
            $"{name}{CellNames.Capitalized(cell.States[0])}", size, directions, cell.States[0], builder);
        RowBuffer gradient = builder.Rows(
            $"d{name}{CellNames.Capitalized(cell.States[0])}", size, RowKind.PerStep, $"gradient of {cell.States[0]}",
            directions);
        builder.BeginBackward();
        var planned = new List<PlannedRecurrence>();
        for (int direction = 0; direction < directions; direction++)
        {
            var planner = new RecurrenceBuilder(
                builder, layer.Cell!, cell, prefix, name + (direction == 0 ? "" : "Reverse"), $"_l{index}" + (
                    direction == 0 ? "" : "_reverse"),
                size, input, isReverse: direction == 1, place: (index * directions) + direction);
            planned.Add(planner.Plan(output.Segment(direction), gradient.Segment(direction)));
        }

        for (int direction = 0; direction < directions; direction++)
        {
            planned[direction].Gradient.AddInput();
        }

        return new Value
        {
            Rows = output.Rows,
            Gradient = gradient,
            IsBidirectional = directions == 2,
            Step = planned[0].Step,
        };
    }
}

/// <summary>The rows of a state: initial ones, then one per step and sequence.</summary>
internal sealed record StateRows(RowBuffer Rows, RowBuffer Initial)
{
    public static StateRows Add(string name, int size, int segments, string meaning, PlanBuilder builder)
    {
        int stride = builder.Padded(size);
        int batch = builder.Model.Batch;
        int initialLength = batch * stride * segments;
        NamedOffset initial = builder.Workspace.Add(
            $"{name}Initial", initialLength + ((long)builder.MostRows * stride * segments),
                $"[{batch}, {segments * size}] {meaning} before the first step");
        NamedOffset rows = builder.Workspace.AddWithin(
            name, initial.Offset + initialLength, $"[{builder.MostRows}, {segments * size}] {meaning} after each step");
        NamedNumber row = builder.Workspace.AddDistance(
            $"{rows.Name}Stride", stride * segments, "from one row to the next");
        return new StateRows(
            new RowBuffer(rows.Start, size, segments, stride, row, RowKind.PerStep),
            new RowBuffer(initial.Start, size, segments, stride, row, RowKind.PerSequence));
    }

    public StateRows Segment(int index) => new(Rows.Segment(index), Initial.Segment(index));
}
