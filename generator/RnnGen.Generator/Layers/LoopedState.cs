using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>
/// A loop in which a recurrent layer reads what is made of its own state before the step: it begins in front of the
/// cell and ends behind it.
/// </summary>
internal sealed class LoopedState
{
    private readonly PlanBuilder _builder;
    private readonly string _name;
    private readonly string _comment;

    private LoopedState(PlanBuilder builder, string name, string comment, RowBuffer? carried) =>
        (_builder, _name, _comment, Carried) = (builder, name, comment, carried);

    /// <summary>The gradient of the state, handed from step to step; null where it is projected.</summary>
    public RowBuffer? Carried { get; }

    /// <summary>Opens the loop and adds what makes the input.</summary>
    /// <param name="name">Of the recurrent layer.</param>
    /// <param name="state">Of its first state.</param>
    /// <param name="rows">That state's rows.</param>
    /// <param name="projected">Where it is projected, the rows of its gradient.</param>
    public static LoopedState Begin(
        LoopedInput beside, string name, string state, StateRows rows, StateRows? projected, PlanBuilder builder)
    {
        RowBuffer? carried = projected is not null ? null : builder.BackwardRows(
            $"d{name}{state}Carried", rows.Rows.Width, RowKind.PerSequence, $"gradient of {state}, from step to step");
        builder.BeginLoop();
        Value before = Feedback.StepBefore(
            name + state, rows, projected?.Initial ?? carried!, isCarried: carried is not null, adds: true, builder);
        beside.Make(before);
        builder.BeginBackward();
        return new LoopedState(builder, name, $"{beside.Name} asks by the state before", carried);
    }

    /// <summary>Closes the loop.</summary>
    public void End(string cell) => _builder.EndLoop(_name, $"{_comment}; gates += h·U, then the {cell} equations");
}
