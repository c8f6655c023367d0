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

    public override int OutputSize(LayerSpec layer, int inputSize) =>
        layer.Integer("size", 0) * (IsBidirectional(layer) ? 2 : 1);

    public static bool IsBidirectional(LayerSpec layer) => layer.Flag("Bidirectional");

    public override Flow Plan(LayerSpec layer, Flow input, PlanBuilder builder)
    {
        string prefix = builder.Prefix(layer);
        int layers = layer.Integer("Layers", 1);
        CellPlan cell = CellPlanner.Plan(layer.Cell!);
        builder.Options.AddRange(layer.Cell!.Options.Select(option => new OptionPlan(prefix, option)));
        builder.Streams &= !IsBidirectional(layer);
        Flow flow = input;
        for (int index = 0; index < layers; index++)
        {
            if (index > 0)
            {
                flow = DropoutLayer.Apply(flow, layer.Number("Dropout", 0), builder);
            }

            string name = PlanBuilder.Identifier(prefix) + (
                layers == 1 ? "" : "Layer" + index.ToString(System.Globalization.CultureInfo.InvariantCulture));
            flow = PlanLayer(layer, cell, prefix, name, index, flow, builder);
        }

        return flow;
    }

    private static Flow PlanLayer(
        LayerSpec layer, CellPlan cell, string prefix, string name, int index, Flow input, PlanBuilder builder)
    {
        int size = layer.Integer("size", 0);
        int directions = IsBidirectional(layer) ? 2 : 1;
        StateRows output = StateRows.Add(
            $"{name}{CellNames.Capitalized(cell.States[0])}", size, directions, cell.States[0], builder);
        RowBuffer gradient = builder.Rows(
            $"d{name}{CellNames.Capitalized(cell.States[0])}", size, RowKind.PerStep, $"gradient of {cell.States[0]}",
            directions);
        builder.BeginLayer();
        var planned = new List<PlannedRecurrence>();
        for (int direction = 0; direction < directions; direction++)
        {
            var planner = new RecurrenceBuilder(
                builder, layer.Cell!, cell, prefix, name + (direction == 0 ? "" : "Reverse"), $"_l{index}" + (
                    direction == 0 ? "" : "_reverse"),
                size, input, isReverse: direction == 1);
            planned.Add(planner.Plan(output.Segment(direction), gradient.Segment(direction)));
        }

        for (int direction = 0; direction < directions; direction++)
        {
            planned[direction].Gradient.AddInput(adds: direction > 0);
        }

        return new Flow
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
