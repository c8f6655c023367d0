using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>A learned number for each unit of a row: a bias or a gain.</summary>
internal static class LearnedVector
{
    /// <summary>Adds one.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="name">As files name it behind the layer's name, for instance <c>bias</c>.</param>
    public static NamedOffset Add(
        string layer, string name, int size, InitialValues initial, PlanBuilder builder)
    {
        NamedOffset place = builder.Parameters.Add(
            PlanBuilder.Identifier(layer) + CellNames.Capitalized(name), builder.Padded((long)size), $"[{size}]");
        builder.ParameterCount += size;
        builder.Tensors.Add(new TensorPlan(
            $"{layer}.{name}", new([size]), new(
                [new TensorPartPlan(0, size, 1, new RowLayout(place, 1), initial)])));
        return place;
    }
}
