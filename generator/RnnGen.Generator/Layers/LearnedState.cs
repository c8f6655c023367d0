using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>What sequences start from as a weight: a vector for each state of each layer and direction.</summary>
internal static class LearnedState
{
    /// <summary>
    /// Adds one, zeros in a new model. Nothing of a pass is planned for it: the runtime fills the initial rows, and
    /// adds up their gradients.
    /// </summary>
    /// <param name="name">Of the layer and direction, as an identifier.</param>
    /// <param name="suffix">What the names of its tensors end in.</param>
    public static NamedOffset Add(
        string prefix, string name, string state, string suffix, int size, PlanBuilder builder)
    {
        NamedOffset place = builder.Parameters.Add(
            $"{name}Learned{CellNames.Capitalized(state)}", builder.Padded(size), $"[{size}] {state} at the start");
        builder.ParameterCount += size;
        builder.Tensors.Add(new TensorPlan(
            $"{prefix}.{PlanBuilder.SnakeCase(state)}_0{suffix}", new([size]),
            new([new TensorPartPlan(0, size, 1, new RowLayout(place, 1), InitialValues.Zero)])));
        return place;
    }
}
