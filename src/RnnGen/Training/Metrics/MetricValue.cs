using static System.FormattableString;

namespace RnnGen;

/// <summary>What a metric came to.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Value">Its value; NaN where there was nothing to measure.</param>
public sealed record MetricValue(string Name, double Value)
{
    /// <summary>Name and value, the same under every culture: for instance <c>BLEU 31.204</c>.</summary>
    public override string ToString() => Invariant($"{Name} {Value:g5}");
}
