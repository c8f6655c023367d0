using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>A choice that decides what a layer's tensors mean, as weight files record it.</summary>
/// <param name="Layer">What the layer's tensor names begin with.</param>
/// <param name="Name">As the layer's attribute names it; <c>Cell</c> for the cell itself.</param>
internal sealed record OptionPlan(string Layer, string Name, string Value)
{
    /// <summary>The enum that the value is a member of; null for others.</summary>
    public string? EnumName { get; init; }

    /// <summary>The value that weight files without a record are taken to be of; null for any.</summary>
    public string? Assumed { get; init; }

    /// <summary>An option of a cell.</summary>
    public static OptionPlan Of(string layer, OptionSpec option) =>
        new(layer, CellNames.Capitalized(option.Name), option.Value)
        {
            EnumName = option.EnumName,
            Assumed = option.Assumed,
        };
}
