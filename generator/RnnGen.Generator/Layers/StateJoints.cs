using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>Plans what the states of a decoder's recurrent layer start from, in one direction.</summary>
/// <param name="prefix">The layer's name.</param>
/// <param name="states">Of each state those of the encoder that it starts from, side by side.</param>
internal sealed class StateJoints(PlanBuilder builder, string prefix, string name, NamedStatePlan[][] states)
{
    /// <summary>Of one direction of the decoder's next stacked layer.</summary>
    /// <param name="layer">The encoder's layer, by direction.</param>
    public static StateJoints Of(
        PlanBuilder builder, string prefix, string name, NamedStatePlan[][] layer, int direction, int directions) =>
        new(builder, prefix, name, builder.Model.Bridge != Bridge.LastStates ? []
            : layer.Length == directions ? [.. layer[direction].Select(state => new[] { state })]
            : [.. layer[0].Select((_, i) => layer.Select(states => states[i]).ToArray())]);

    /// <summary>Adds what makes the initial rows.</summary>
    /// <param name="suffix">What the layer's tensors end in.</param>
    public void AddForward(RecurrencePlan plan, string suffix)
    {
        using IDisposable beginning = builder.Beginning();
        for (int i = 0; i < plan.States.Count; i++)
        {
            string state = plan.Cell.States[i];
            switch (builder.Model.Bridge)
            {
                case Bridge.None:
                    builder.AddForward(new ClearRows(
                        $"Begin{name}{CellNames.Capitalized(state)}",
                        $"{prefix} starts from no {state}   [B, {plan.States[i].Initial.Width}]",
                        plan.States[i].Initial));
                    break;
                case Bridge.Learned:
                    DenseLayer.Apply(
                        $"{prefix}.bridge_{PlanBuilder.SnakeCase(state)}{suffix}", BridgeInput,
                        plan.States[i].Initial.Width, hasBias: true, "Tanh", mayReplaceRows: false, builder,
                        plan.States[i].Initial, plan.States[i].Gradient);
                    break;
                default:
                    AddJoints(plan.States[i].Initial, states[i], state);
                    break;
            }
        }
    }

    /// <summary>Adds what sends their gradients back.</summary>
    public void AddGradients(RecurrencePlan plan)
    {
        using IDisposable outside = builder.OutsideLoop();
        for (int i = 0; i < states.Length; i++)
        {
            AddGradients(
                plan.States[i].Gradient, states[i], $"Join{name}{CellNames.Capitalized(plan.Cell.States[i])}Backward",
                builder);
        }
    }

    // The other stack's operations are all there, and this one's loop is not.
    private void AddJoints(RowBuffer initial, NamedStatePlan[] from, string state)
    {
        string method = $"Join{name}{CellNames.Capitalized(state)}";
        Add(initial, from, method, one => $"{prefix} starts from {one.Layer}'s last {one.Name}", builder);
    }

    /// <summary>Adds the rows that a learned bridge reads: the states of the encoder's last recurrent layer.</summary>
    public static void PlanBridgeInput(PlanBuilder builder)
    {
        if (builder.Model.Bridge != Bridge.Learned)
        {
            return;
        }

        NamedStatePlan[] states = [.. builder.Encoded.Last().SelectMany(direction => direction)];
        int size = Saturating.ToInt(states.Sum(state => (long)state.Rows.Rows.Width));
        RowBuffer rows = builder.Rows("BridgeRows", size, RowKind.PerSequence, "what the encoder ends in");
        RowBuffer gradient = builder.BackwardRows("dBridgeRows", size, RowKind.PerSequence, "its gradient");
        builder.BeginBackward();
        AddGradients(gradient, states, "JoinBridgeBackward", builder);
        builder.BeginBackward();
        using (builder.Beginning())
        {
            Add(rows, states, "JoinBridge", one => $"the bridge reads {one.Layer}'s last {one.Name}", builder);
        }

        builder.BridgeInput = (rows, gradient);
    }

    private Value BridgeInput =>
        new() { Rows = builder.BridgeInput!.Value.Rows, Gradient = builder.BridgeInput.Value.Gradient };

    private static void Add(
        RowBuffer rows, NamedStatePlan[] from, string method, Func<NamedStatePlan, string> text, PlanBuilder builder)
    {
        foreach ((NamedStatePlan one, ColumnRun? part) in Parts(rows, from))
        {
            builder.AddForward(new JoinStates(
                method, $"{text(one)}   [B, {one.Rows.Rows.Width}]", one.Axis, one.Rows.Rows, one.IsReverse, rows,
                part));
        }
    }

    private static void AddGradients(RowBuffer gradient, NamedStatePlan[] from, string method, PlanBuilder builder)
    {
        foreach ((NamedStatePlan one, ColumnRun? part) in Parts(gradient, from))
        {
            builder.AddBackward(new JoinGradients(
                method, $"gradient of {one.Layer}'s last {one.Name}   [B, {one.Rows.Rows.Width}]", one.Axis, gradient,
                one.Rows.RowsGradient ?? one.Rows.Gradient, one.IsReverse, part));
        }
    }

    // One alone is copied with its padding.
    private static IEnumerable<(NamedStatePlan State, ColumnRun? Part)> Parts(RowBuffer rows, NamedStatePlan[] states)
    {
        int column = 0;
        foreach (NamedStatePlan state in states)
        {
            int width = state.Rows.Rows.Width;
            yield return (state, width == rows.Size ? null : new ColumnRun(0, column, width));
            column += width;
        }
    }
}
