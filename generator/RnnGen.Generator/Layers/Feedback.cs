using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>
/// Results of a layer that the first recurrent layer of its stack reads at the next step (input feeding, Luong et al.
/// 2015): what lies between the two is a loop. Before the first step they are zeros.
/// </summary>
internal sealed class Feedback
{
    private readonly PlanBuilder _builder;
    private readonly string _name;
    private readonly RowBuffer _carried;

    private Feedback(PlanBuilder builder, string name, RowBuffer rows, RowBuffer carried) =>
        (_builder, _name, Rows, _carried) = (builder, name, rows, carried);

    /// <summary>Where the results go.</summary>
    public RowBuffer Rows { get; }

    /// <summary>What the recurrent layer reads.</summary>
    public required LoopedInput Input { get; init; }

    /// <summary>Opens the loop.</summary>
    /// <param name="layer">The name of the layer whose results are fed back.</param>
    /// <param name="size">Numbers of a result.</param>
    public static Feedback Begin(string layer, int size, PlanBuilder builder)
    {
        string name = PlanBuilder.Identifier(layer) + "Fed";
        StateRows state = StateRows.Add(name, size, 1, "what is fed back", builder);
        RowBuffer carried = builder.BackwardRows(
            $"d{name}Carried", size, RowKind.PerSequence, "gradient of what is fed back, from step to step");
        using (builder.Beginning())
        {
            builder.AddForward(new ClearRows(
                $"Begin{name}", $"nothing is fed back to the first step   [B, {size}]", state.Initial));
        }

        builder.States.Add(new NamedStatePlan(
            layer, "fed", 0, false, new StatePlan(state.Rows, state.Initial, carried, state.Rows), null)
        {
            IsJoined = true,
            Axis = builder.Axis,
            Learned = null,
        });
        builder.BeginLoop();
        builder.Loop!.Carry(carried);
        Value before = StepBefore(name, state, carried, isCarried: true, adds: false, builder);
        return new Feedback(builder, name, state.Rows, carried)
        {
            Input = new LoopedInput(layer, before),
        };
    }

    /// <summary>Closes the loop, once the results are planned.</summary>
    /// <param name="gradient">Their gradient.</param>
    public void End(RowBuffer gradient)
    {
        _builder.BeginBackward();
        _builder.AddBackward(new AddCarried(
            $"Add{_name}Backward", $"gradient of what the step after reads   [R, {gradient.Size}]", _carried,
            gradient));
        _builder.EndLoop(_name, $"all layers up to {_builder.LayerName}, which the first reads a step later");
    }

    /// <summary>Adds rows of the step before to the loop.</summary>
    /// <param name="gradient">Where their gradient is added to.</param>
    /// <param name="isCarried">Whether that is one row per sequence, handed from step to step.</param>
    /// <param name="adds">Whether others write it, too.</param>
    public static Value StepBefore(
        string name, StateRows state, RowBuffer gradient, bool isCarried, bool adds, PlanBuilder builder)
    {
        int size = state.Rows.Width;
        RowBuffer rows = builder.Rows($"{name}Before", size, RowKind.PerStep, "a state before each step");
        RowBuffer rowsGradient = builder.BackwardRows(
            $"d{name}Before", size, RowKind.PerStep, "what its readers send to a state before each step");
        builder.AddForward(new ShiftRows(
            $"Recall{name}", $"the state before the step   [R, {size}]", state.Initial, rows));
        builder.BeginBackward();
        builder.AddBackward(new ShiftGradient(
            $"Recall{name}Backward", $"gradient of the state before the step   [R, {size}]", rowsGradient, gradient,
            isCarried, adds));
        return new Value { Rows = rows, Gradient = rowsGradient };
    }
}
