using RnnGen.Training;
using static System.FormattableString;

namespace RnnGen;

/// <summary>
/// A number besides the loss that says how good a model is. <c>Fit</c> measures those of <see
/// cref="TrainingOptions.Metrics"/> on the validation data after every epoch. A metric holds no results: one may serve
/// several trainers at the same time. To write one, derive from <see cref="TokenMetric"/>.
/// </summary>
public abstract class Metric
{
    /// <summary>Describes a metric.</summary>
    /// <param name="name">What reports call it, unless <see cref="Name"/> is set.</param>
    /// <param name="higherIsBetter">True where a better model has a higher value.</param>
    /// <exception cref="ArgumentException">The name is empty or white space.</exception>
    protected Metric(string name, bool higherIsBetter)
    {
        Name = name;
        HigherIsBetter = higherIsBetter;
    }

    /// <summary>
    /// What reports call it, and <see cref="TrainingOptions.BestBy"/>: each metric of a trainer has another name.
    /// </summary>
    /// <exception cref="ArgumentException">It is empty or white space.</exception>
    public string Name
    {
        get;
        init => field = !string.IsNullOrWhiteSpace(value)
            ? value
            : throw new ArgumentException("A metric must have a name.", nameof(Name));
    }

    /// <summary>True where a better model has a higher value, false where it has a lower one.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>
    /// Which of a model's heads it judges, by the name of its loss; null, the default, where only one can be meant.
    /// </summary>
    public string? Head { get; init; }

    /// <summary>Where it is measured in a model; refuses one that it does not fit.</summary>
    internal abstract MetricPlace PlaceIn(ModelShape shape);

    /// <summary>Its name and which way is better.</summary>
    public override string ToString() => Invariant($"{Name} ({(HigherIsBetter ? "higher" : "lower")} is better)");
}
