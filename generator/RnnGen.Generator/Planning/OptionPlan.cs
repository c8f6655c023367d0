using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>A cell's option as weight files record it.</summary>
/// <param name="Layer">What the layer's tensor names begin with.</param>
internal sealed record OptionPlan(string Layer, OptionSpec Option);
