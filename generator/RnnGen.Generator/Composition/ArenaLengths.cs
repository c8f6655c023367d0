using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Composition;

/// <summary>
/// How long each of a model's arenas is, or a layer's part of them. What is too long to be told is
/// <see cref="long.MaxValue"/>.
/// </summary>
/// <param name="Parameters">The weights, rows rounded up to whole vectors; their gradients take as much.</param>
/// <param name="Transposed">The weights as the backward pass reads them.</param>
/// <param name="Workspace">What a batch is computed in.</param>
/// <param name="State">The state of a stream.</param>
/// <param name="StepWeights">The weights as a streaming step reads them.</param>
internal sealed record ArenaLengths(long Parameters, long Transposed, long Workspace, long State, long StepWeights)
{
    /// <summary>No memory at all.</summary>
    public static ArenaLengths None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>What a builder has laid out so far, and emitted code will have.</summary>
    public static ArenaLengths Of(PlanBuilder builder) => new(
        builder.Parameters.Length, builder.Trains ? builder.Transposed.Length : 0,
        builder.WorkspaceLength,
        builder.Streams ? builder.State.Length : 0, builder.Streams ? builder.StepWeights.Length : 0);

    /// <summary>The longer of each two.</summary>
    public ArenaLengths Max(ArenaLengths other) => With(other, Math.Max);

    /// <summary>What came on top of what was there.</summary>
    public ArenaLengths Since(ArenaLengths before) => With(before, (now, then) => Math.Max(0, now - then));

    /// <summary>The same in a unit of which there are so many in each of these.</summary>
    public ArenaLengths Times(int units) => With(this, (length, _) => Saturating.Product(length, units));

    private ArenaLengths With(ArenaLengths other, Func<long, long, long> combine) => new(
        combine(Parameters, other.Parameters), combine(Transposed, other.Transposed),
        combine(Workspace, other.Workspace), combine(State, other.State), combine(StepWeights, other.StepWeights));
}
