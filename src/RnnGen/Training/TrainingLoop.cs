using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace RnnGen.Training;

/// <summary>One call of Fit: epochs, validation, the weights to end with, the report.</summary>
internal sealed class TrainingLoop<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Divergence in a long epoch must not cost all of it.
    private const int StepsBetweenCopies = 1000;

    private readonly ModelTrainer<T> _trainer;
    private readonly BatchSource<T> _data;
    private readonly BatchSource<T>? _validation;
    private readonly ProgressReports _progress;
    private readonly EpochJudge _judge;
    private readonly WeightKeeper<T> _weights;
    private readonly ValidationMetrics<T> _metrics;
    private readonly bool _carries;
    private readonly bool _validationCarries;
    private readonly int _epochs;
    private readonly ImmutableArray<EpochReport>.Builder _reports = ImmutableArray.CreateBuilder<EpochReport>();

    // A copy of the last batch that was trained on.
    private readonly PackedBatch<T> _learnt;
    private long _steps;

    public TrainingLoop(
        ModelTrainer<T> trainer,
        BatchSource<T> data,
        int epochs,
        BatchSource<T>? validation,
        IProgress<TrainingProgress>? progress)
    {
        ModelShape shape = trainer.Model.Shape;
        bool canCarry = shape.CarriesState;
        _trainer = trainer;
        _progress = new ProgressReports(progress, epochs);
        _data = data;
        _validation = validation;
        _learnt = new PackedBatch<T>(shape);
        _epochs = epochs;
        _carries = canCarry && data.CarriesState;
        _validationCarries = canCarry && validation is { CarriesState: true };
        _judge = new EpochJudge(trainer.Options);
        _weights = new WeightKeeper<T>(
            trainer.Model.Parameters, _judge, keepsBest: trainer.Options.KeepBest && validation is not null);
        _metrics = new ValidationMetrics<T>(trainer);
    }

    public TrainingReport Run(CancellationToken cancellation)
    {
        try
        {
            for (int epoch = 1; epoch <= _epochs; epoch++)
            {
                if (!TrainEpoch(epoch, cancellation))
                {
                    return End(TrainingOutcome.Canceled, $"Canceled in epoch {epoch}.");
                }

                if (EndAfter(epoch) is { } report)
                {
                    return report;
                }
            }

            return End(TrainingOutcome.Completed, "Completed.");
        }
        catch (TrainingDivergedException divergence)
        {
            return Report(TrainingOutcome.Diverged, divergence.Describe(Settle(out _)));
        }
        catch
        {
            // A reader, a schedule, a metric or a callback has failed: what was learnt stays.
            Settle(out _);
            throw;
        }
        finally
        {
            _trainer.ClearState();
        }
    }

    // Null where the training goes on; with the last epoch it is over by itself.
    private TrainingReport? EndAfter(int epoch)
    {
        if (_reports[^1].ValidationLoss is { } loss && !double.IsFinite(loss))
        {
            return End(TrainingOutcome.Diverged, string.Create(
                CultureInfo.InvariantCulture, $"The validation loss of epoch {epoch} is {loss:g6}."));
        }

        return _trainer.Options.Patience is { } patience && epoch < _epochs
            && epoch - (_judge.BestEpoch ?? 0) >= patience
            ? End(
                TrainingOutcome.StoppedEarly,
                $"Stopped early, after epoch {epoch}: no better {_judge.Criterion} for "
                + $"{Quantity.Of(patience, "epoch")}.")
            : null;
    }

    // False when cancelled.
    private bool TrainEpoch(int epoch, CancellationToken cancellation)
    {
        var sums = new EpochSums(_trainer.Model.Shape);
        _data.Restart(_trainer.NextOrder());
        _trainer.ClearState();
        for (int batch = 1; !cancellation.IsCancellationRequested && _data.Read(_trainer.Batch); batch++)
        {
            TrainBatch();
            sums.Add(_trainer.HeadLosses, _trainer.Batch);
            _progress.Batch(epoch, batch, _data.BatchCount, sums, _trainer.LearningRate);
        }

        if (cancellation.IsCancellationRequested)
        {
            return false;
        }

        TimeSpan duration = sums.Elapsed;
        _weights.Keep($"those of the end of epoch {epoch}");
        EpochSums? validated = Validate(cancellation);
        double? validationLoss = validated?.MeanLoss;
        ImmutableArray<MetricValue> metrics =
            validationLoss is { } found ? _metrics.Values(double.IsFinite(found)) : [];
        var report = new EpochReport
        {
            Epoch = epoch,
            TrainLoss = sums.MeanLoss,
            ValidationLoss = validationLoss,
            Metrics = metrics,
            Heads = HeadReports(sums, validated),
            LearningRate = _trainer.LearningRate,
            Items = sums.Items,
            Duration = duration,
        };
        _reports.Add(report);
        _weights.Judge(report);
        _progress.Epoch(report, _data.BatchCount);
        bool cutShort = _validation is not null && validationLoss is null;
        return !cutShort && (!cancellation.IsCancellationRequested || epoch == _epochs);
    }

    private ImmutableArray<HeadReport> HeadReports(EpochSums trained, EpochSums? validated) =>
    [
        .. _trainer.Model.Shape.Outputs.Select((output, head) =>
            new HeadReport(output.Name, trained.HeadLoss(head), validated?.HeadLoss(head))),
    ];

    private void TrainBatch()
    {
        long total = _trainer.Options.TotalSteps ?? (long)_epochs * _data.BatchCount;
        long step = _trainer.Options.TotalSteps is null ? _steps : _trainer.Steps;
        _trainer.Train(_carries, step, total);
        _weights.Confirm();
        _learnt.CopyFrom(_trainer.Batch);
        _steps++;
        if (_steps % StepsBetweenCopies == 0)
        {
            _weights.Keep($"those of step {_steps}");
        }
    }

    // Null when there is nothing to validate with, or when cancelled half-way.
    private EpochSums? Validate(CancellationToken cancellation)
    {
        if (_validation is null)
        {
            return null;
        }

        var sums = new EpochSums(_trainer.Model.Shape);
        _validation.Restart(null);
        _trainer.ClearState();
        _metrics.Begin();
        while (_validation.Read(_trainer.Batch))
        {
            if (cancellation.IsCancellationRequested)
            {
                return null;
            }

            _metrics.AddOutputs(_validationCarries);
            double loss = _trainer.Measure(_validationCarries);
            sums.Add(_trainer.HeadLosses, _trainer.Batch);
            if (double.IsFinite(loss) && !_metrics.AddDecoded(cancellation))
            {
                return null;
            }
        }

        return sums;
    }

    private TrainingReport End(TrainingOutcome outcome, string how)
    {
        string weights = Settle(out bool haveFailed);
        return haveFailed
            ? Report(
                TrainingOutcome.Diverged,
                $"{how} With the last weights the loss is no longer finite; the model's are {weights}. Try a smaller "
                + "learning rate, and ClipNorm = 1.")
            : Report(outcome, $"{how} The model's weights are {weights}.");
    }

    // The one rule for every way to end: the best weights by validation; else the last, if they are good; else the
    // latest good ones that are kept. An update that breaks weights was never made, but a callback may have set some.
    private string Settle(out bool haveFailed)
    {
        haveFailed = false;
        if (_weights.RestoreBest() is { } best)
        {
            return best;
        }

        if (_steps == 0)
        {
            return "those from before the training";
        }

        haveFailed = !AreGood();
        return haveFailed ? _weights.RestoreGood() : $"as step {_steps} left them";
    }

    // By what they have last learnt from: its loss was finite before the last update.
    private bool AreGood()
    {
        if (!_weights.AreFinite)
        {
            return false;
        }

        _trainer.Batch.CopyFrom(_learnt);
        return double.IsFinite(_trainer.Measure(carry: false));
    }

    private TrainingReport Report(TrainingOutcome outcome, string explanation)
    {
        if (outcome == TrainingOutcome.Diverged)
        {
            // Moments on the way to divergence would lead there again.
            _trainer.ResetOptimizer();
        }

        return new TrainingReport
        {
            Outcome = outcome,
            Epochs = _reports.ToImmutable(),
            Steps = _steps,
            Duration = _progress.Elapsed,
            BestEpoch = _judge.BestEpoch,
            BestBy = _trainer.Options.BestBy,
            Explanation = explanation,
        };
    }
}
