using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Composition;

/// <summary>
/// How long each of a model's arenas of weights is, or a layer's part of them. What is too long to be told is
/// <see cref="long.MaxValue"/>.
/// </summary>
/// <param name="Parameters">The weights, rows rounded up to whole vectors; their gradients take as much.</param>
/// <param name="Transposed">The weights as the backward pass reads them.</param>
/// <param name="Step">The weights as a streaming step reads them.</param>
internal sealed record WeightLengths(long Parameters, long Transposed, long Step)
{
    /// <summary>No memory at all.</summary>
    public static WeightLengths None { get; } = new(0, 0, 0);

    /// <summary>What a builder has laid out so far; whether the model streams, later layers tell.</summary>
    public static WeightLengths Of(PlanBuilder builder) => new(
        builder.Parameters.Length, builder.Trains ? builder.Transposed.Length : 0, builder.StepWeights.Length);

    /// <summary>The longer of each two.</summary>
    public WeightLengths Max(WeightLengths other) => With(other, Math.Max);

    /// <summary>What came on top of what was there.</summary>
    public WeightLengths Since(WeightLengths before) => With(before, (now, then) => now - then);

    /// <summary>The same in a unit of which there are so many in each of these.</summary>
    public WeightLengths Times(int units) => With(this, (length, _) => Saturating.Product(length, units));

    private WeightLengths With(WeightLengths other, Func<long, long, long> combine) => new(
        combine(Parameters, other.Parameters), combine(Transposed, other.Transposed), combine(Step, other.Step));
}
