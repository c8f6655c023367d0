namespace RnnGen.Training;

/// <summary>Tells which epoch is the best so far, by the validation loss or by a metric.</summary>
internal sealed class EpochJudge
{
    private readonly string? _metric;
    private readonly bool _higherIsBetter;
    private double _best;

    public EpochJudge(TrainingOptions options)
    {
        _metric = options.BestBy;
        _higherIsBetter = options.Metrics.FirstOrDefault(metric => metric.Name == _metric)?.HigherIsBetter ?? false;
    }

    /// <summary>What it goes by, in words.</summary>
    public string Criterion => _metric ?? "validation loss";

    /// <summary>What it measures by, in words.</summary>
    public string Measure => _metric ?? "validation";

    /// <summary>The best epoch; null before there was one.</summary>
    public int? BestEpoch { get; private set; }

    /// <summary>Whether an epoch is better than all before it; none is that has no finite value.</summary>
    public bool IsBetter(EpochReport report) =>
        ValueOf(report) is { } value
        && double.IsFinite(value)
        && (BestEpoch is null || (_higherIsBetter ? value > _best : value < _best));

    /// <summary>Makes an epoch the best.</summary>
    public void Choose(EpochReport report)
    {
        BestEpoch = report.Epoch;
        _best = ValueOf(report)!.Value;
    }

    private double? ValueOf(EpochReport report) => _metric is null
        ? report.ValidationLoss
        : report.Metrics.FirstOrDefault(metric => metric.Name == _metric)?.Value;
}
