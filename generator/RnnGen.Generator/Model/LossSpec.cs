namespace RnnGen.Generator.Model;

/// <summary>A loss named by an attribute derived from <c>LossAttribute&lt;TLoss&gt;</c>.</summary>
/// <param name="TypeName">TLoss, fully qualified with <c>global::</c>.</param>
/// <param name="HasClassTargets">Targets are one class per row, not one value per output.</param>
internal sealed record LossSpec(string TypeName, bool HasClassTargets)
{
    /// <summary>The fewest logits that it takes, for which the head must be linear; null where it takes none.</summary>
    public required int? MinimumLogits { get; init; }

    /// <summary>Targets are one value per output.</summary>
    public required bool HasValueTargets { get; init; }

    /// <summary>Generated code, which stands in a namespace of its own, can name it.</summary>
    public required bool IsAccessible { get; init; }
}
