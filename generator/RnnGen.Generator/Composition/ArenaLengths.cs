using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Composition;

/// <summary>
/// How long each of a model's arenas is. What is too long to be told is <see cref="long.MaxValue"/>.
/// </summary>
/// <param name="Workspace">What a batch is computed in.</param>
/// <param name="State">The state of a stream.</param>
internal sealed record ArenaLengths(WeightLengths Weights, long Workspace, long State)
{
    /// <summary>No memory at all.</summary>
    public static ArenaLengths None { get; } = new(WeightLengths.None, 0, 0);

    /// <summary>What a builder has laid out, once all layers are planned, as emitted code will have it.</summary>
    public static ArenaLengths Of(PlanBuilder builder)
    {
        var weights = WeightLengths.Of(builder);
        return new ArenaLengths(
            builder.Streams ? weights : weights with { Step = 0 },
            builder.WorkspaceLength,
            builder.Streams ? builder.State.Length : 0);
    }

    /// <summary>The longer of each two.</summary>
    public ArenaLengths Max(ArenaLengths other) => new(
        Weights.Max(other.Weights), Math.Max(Workspace, other.Workspace), Math.Max(State, other.State));

    /// <summary>The same in a unit of which there are so many in each of these.</summary>
    public ArenaLengths Times(int units) => new(
        Weights.Times(units), Saturating.Product(Workspace, units), Saturating.Product(State, units));
}
