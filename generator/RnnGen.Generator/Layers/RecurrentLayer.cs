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

    public override IEnumerable<string> Named(LayerSpec layer) => layer.Text("Context") is { } context ? [context] : [];

    public override int OutputSize(LayerSpec layer, IReadOnlyList<int> inputSizes) =>
        Saturating.ToInt(StateSize(layer) * (IsBidirectional(layer) ? 2L : 1L));

    /// <summary>Numbers of the first state in one direction: the units, or what they are projected to.</summary>
    public static int StateSize(LayerSpec layer) => IsProjected(layer) ? Projection(layer) : layer.Integer("size", 0);

    public static int Projection(LayerSpec layer) => layer.Integer("Projection", 0);

    public static bool IsProjected(LayerSpec layer) => Projection(layer) != 0;

    public static bool IsBidirectional(LayerSpec layer) => layer.Flag("Bidirectional");

    public static bool IsResidual(LayerSpec layer) => layer.Flag("Residual");

    public static bool LearnsStates(LayerSpec layer) => layer.Flag("LearnedState");

    public override Value Plan(LayerSpec layer, IReadOnlyList<Value> inputs, PlanBuilder builder)
    {
        Value input = inputs[0];
        string prefix = builder.LayerName;
        int layers = layer.Integer("Layers", 1);
        CellPlan cell = builder.Cells.Of(layer.Cell!, IsProjected(layer));
        builder.Options.AddRange(Recorded(layer, prefix));
        builder.Streams &= !IsBidirectional(layer);
        Value value = input;
        for (int index = 0; index < layers; index++)
        {
            string name = PlanBuilder.Identifier(prefix) + (
                layers == 1 ? "" : "Layer" + index.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Value read = index > 0 ? DropoutLayer.Apply(value, layer.Number("Dropout", 0), builder) : value;

            // Right below the attention it is made by the first of these layers.
            Value? context = inputs.Skip(1).Select(attention => attention.Beside?.Made).FirstOrDefault();
            Value made = PlanLayer(layer, cell, prefix, name, index, read, context, builder);
            value = IsResidual(layer)
                ? AddLayer.Sum($"{name}Residual", $"{prefix} + what it reads", [made, value], builder) with
                {
                    Readers = Uses(layer),
                }
                : made;
        }

        return value;
    }

    // The cell and its options; and whether the layer's input is added, unless the equations look at that themselves.
    private static IEnumerable<OptionPlan> Recorded(LayerSpec layer, string prefix) =>
    [
        new OptionPlan(prefix, CellSpec.NameInFiles, layer.Cell!.FileName),
        .. new[] { new OptionPlan(prefix, "Residual", IsResidual(layer) ? "true" : "false") }
            .Concat(layer.Cell.Options.Select(option => OptionPlan.Of(prefix, option)))
            .GroupBy(option => option.Name)
            .Select(same => same.Last()),
    ];

    private static Value PlanLayer(
        LayerSpec layer, CellPlan cell, string prefix, string name, int index, Value input, Value? context,
        PlanBuilder builder)
    {
        int directions = IsBidirectional(layer) ? 2 : 1;
        string state = CellNames.Capitalized(cell.States[0]);
        StateRows output = StateRows.Add($"{name}{state}", StateSize(layer), directions, cell.States[0], builder);
        StateRows? projected = IsProjected(layer)
            ? StateRows.AddGradient(
                $"d{name}{state}", StateSize(layer), directions, $"gradient of {cell.States[0]}", builder)
            : null;
        RowBuffer gradient = projected?.Rows ?? builder.BackwardRows(
            $"d{name}{state}", StateSize(layer), RowKind.PerStep, $"gradient of {cell.States[0]}", directions);
        builder.BeginBackward();
        if (builder.Loop is not null && projected is not null)
        {
            // The step after sends its part before this one's readers do.
            builder.AddBeforeBackward(new ClearRows(
                $"ClearD{name}{state}", $"gradient of {cell.States[0]}, before any step", projected.Rows));
        }

        LoopedState? looped = input.Beside is { Made: null } beside
            ? LoopedState.Begin(beside, name, state, output, projected, builder)
            : null;
        Value[] inputs = [.. new[] { input, input.Beside?.Made, context }.OfType<Value>()];
        NamedStatePlan[][] encoded = builder.IsInDecoder && builder.Encoded.Count > 0 ? builder.Encoded.Dequeue() : [];
        int stackedLayer = builder.StackedLayers++;
        var planned = new List<PlannedRecurrence>();
        for (int direction = 0; direction < directions; direction++)
        {
            string directed = name + (direction == 0 ? "" : "Reverse");
            var planner = new RecurrenceBuilder(
                builder, layer.Cell!, cell, prefix, directed, $"_l{index}" + (direction == 0 ? "" : "_reverse"),
                layer.Integer("size", 0), inputs, isReverse: (direction == 1) != builder.ReadsFromEnd,
                place: (index * directions) + direction, direction, stackedLayer,
                layer.Flag("Bias", missing: true), LearnsStates(layer), projected?.Segment(direction), looped?.Carried,
                !builder.IsInDecoder ? null
                    : StateJoints.Of(builder, prefix, directed, encoded, direction, directions));
            planned.Add(planner.Plan(output.Segment(direction), gradient.Segment(direction)));
        }

        for (int direction = 0; direction < directions; direction++)
        {
            planned[direction].Gradient.AddInput();
        }

        looped?.End(cell.Name);

        return new Value
        {
            Rows = output.Rows,
            Gradient = gradient,
            Reverse = Enumerable.Range(0, directions)
                .Where(direction => (direction == 1) != builder.ReadsFromEnd)
                .Select(direction => direction * output.Rows.SegmentStride)
                .Select(column => new ColumnRun(column, column, output.Rows.SegmentStride))
                .ToEquatableArray(),
            Step = planned[0].Step,
        };
    }
}
