using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Weights;

namespace RnnGen.Training;

/// <summary>One call of Fit: epochs, validation, the weights to fall back on, the report.</summary>
internal sealed class TrainingLoop<T, TInput, TTarget>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInput : unmanaged
    where TTarget : unmanaged
{
    // Divergence in a long epoch must not cost all of it.
    private const int StepsBetweenCopies = 1000;

    private static readonly long ProgressInterval = Stopwatch.Frequency / 5;

    private readonly SequenceTrainer<T, TInput, TTarget> _trainer;
    private readonly SequenceReader<TInput, TTarget> _reader;
    private readonly SequenceReader<TInput, TTarget>? _validation;
    private readonly SequenceBatch<TInput, TTarget> _batch;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly KeptWeights<T>? _best;
    private readonly bool _carries;
    private readonly bool _validationCarries;
    private readonly int _epochs;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly ImmutableArray<EpochReport>.Builder _reports = ImmutableArray.CreateBuilder<EpochReport>();

    // The latest copy is good only once a loss computed with it is finite; until then the one before it is.
    private KeptWeights<T> _good;
    private KeptWeights<T> _candidate;
    private bool _isCandidatePending;
    private double _bestLoss = double.PositiveInfinity;
    private int? _bestEpoch;
    private long _steps;
    private long _lastProgress;

    public TrainingLoop(
        SequenceTrainer<T, TInput, TTarget> trainer,
        SequenceData<TInput, TTarget> data,
        int epochs,
        SequenceData<TInput, TTarget>? validation,
        IProgress<TrainingProgress>? progress)
    {
        ModelShape shape = trainer.Model.Shape;
        ParameterArena<T> parameters = trainer.Model.Parameters;
        bool canCarry = !shape.States.IsEmpty;
        _trainer = trainer;
        _reader = data.Open(shape);
        _validation = validation?.Open(shape);
        _batch = new SequenceBatch<TInput, TTarget>(shape);
        _progress = progress;
        _epochs = epochs;
        _carries = canCarry && data.CarriesState;
        _validationCarries = canCarry && validation is { CarriesState: true };
        _best = trainer.Options.KeepBest && validation is not null ? new KeptWeights<T>(parameters) : null;
        _good = new KeptWeights<T>(parameters);
        _candidate = new KeptWeights<T>(parameters);
        _good.Take("those from before the training");
    }

    public TrainingReport Run(CancellationToken cancellation)
    {
        try
        {
            for (int epoch = 1; epoch <= _epochs; epoch++)
            {
                if (!TrainEpoch(epoch, cancellation))
                {
                    return Report(
                        TrainingOutcome.Canceled,
                        $"Canceled in epoch {epoch}. The model's weights are {Settle(diverged: false)}.");
                }
            }

            return Report(
                TrainingOutcome.Completed, $"Completed. The model's weights are {Settle(diverged: false)}.");
        }
        catch (TrainingDivergedException divergence)
        {
            // Moments on the way to divergence would lead there again.
            _trainer.ResetOptimizer();
            return Report(TrainingOutcome.Diverged, divergence.Describe(Settle(diverged: true)));
        }
        finally
        {
            _trainer.ResetState();
        }
    }

    private bool TrainEpoch(int epoch, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        double lossSum = 0;
        long lossRows = 0;
        long items = 0;
        _reader.Restart(_trainer.NextOrder());
        _trainer.ResetState();
        for (int batch = 1; !cancellation.IsCancellationRequested && _reader.Read(_batch); batch++)
        {
            double loss = TrainBatch();
            lossSum += loss * _trainer.OutputRows;
            lossRows += _trainer.OutputRows;
            items += _trainer.Rows;
            ReportProgress(epoch, batch, lossSum / lossRows, items, start);
        }

        if (cancellation.IsCancellationRequested)
        {
            return false;
        }

        TimeSpan duration = Stopwatch.GetElapsedTime(start);
        Keep($"those of the end of epoch {epoch}");
        double? validationLoss = Validate(cancellation);
        var report = new EpochReport
        {
            Epoch = epoch,
            TrainLoss = lossSum / lossRows,
            ValidationLoss = validationLoss,
            LearningRate = _trainer.LearningRate,
            Items = items,
            Duration = duration,
        };
        _reports.Add(report);
        Judge(report);
        ReportEpoch(report);
        CheckFinite(validationLoss);
        bool cutShort = _validation is not null && validationLoss is null;
        return !cutShort && (!cancellation.IsCancellationRequested || epoch == _epochs);
    }

    private double TrainBatch()
    {
        long total = _trainer.Options.TotalSteps ?? (long)_epochs * _reader.BatchCount;
        long step = _trainer.Options.TotalSteps is null ? _steps : _trainer.Steps;
        double loss = _trainer.Train(_batch.Inputs, _batch.Targets, _batch.Lengths, _carries, step, total);
        if (_isCandidatePending)
        {
            (_good, _candidate) = (_candidate, _good);
            _isCandidatePending = false;
        }

        _steps++;
        if (_steps % StepsBetweenCopies == 0)
        {
            Keep($"those of step {_steps}");
        }

        return loss;
    }

    private void Keep(string origin)
    {
        _candidate.Take(origin);
        _isCandidatePending = true;
    }

    // Null when there is nothing to validate with, or when cancelled half-way.
    private double? Validate(CancellationToken cancellation)
    {
        if (_validation is null)
        {
            return null;
        }

        double lossSum = 0;
        long lossRows = 0;
        _validation.Restart(null);
        _trainer.ResetState();
        while (_validation.Read(_batch))
        {
            if (cancellation.IsCancellationRequested)
            {
                return null;
            }

            double loss = _trainer.Validate(_batch.Inputs, _batch.Targets, _batch.Lengths, _validationCarries);
            lossSum += loss * _trainer.OutputRows;
            lossRows += _trainer.OutputRows;
        }

        return lossSum / lossRows;
    }

    // An epoch's last update may have broken the weights: no later step has told so.
    private void CheckFinite(double? validationLoss)
    {
        ModelRuntime<T> model = _trainer.Model;
        double norm;
        unsafe
        {
            norm = ArenaSums.SquaredNorm(model.Kernels.Target, model.Parameters.Pointer, model.Parameters.Length);
        }

        if (!double.IsFinite(norm) || !double.IsFinite(validationLoss ?? 0))
        {
            throw new TrainingDivergedException(
                _trainer.Steps, validationLoss ?? double.NaN, _trainer.GradientNorm, _trainer.LearningRate);
        }
    }

    private void Judge(EpochReport report)
    {
        // A loss that is not a number is below nothing.
        if (report.ValidationLoss is { } loss && loss < _bestLoss)
        {
            _bestLoss = loss;
            _bestEpoch = report.Epoch;
            _best?.Take($"those of epoch {report.Epoch}, the best by validation");
        }
    }

    // The best weights by validation win over the last, and over the last good ones.
    private string Settle(bool diverged)
    {
        KeptWeights<T>? kept = _bestEpoch is null ? null : _best;
        kept ??= diverged ? _good : null;
        kept?.Restore();
        return kept?.Origin ?? "as the last step left them";
    }

    private TrainingReport Report(TrainingOutcome outcome, string explanation) => new()
    {
        Outcome = outcome,
        Epochs = _reports.ToImmutable(),
        Steps = _steps,
        Duration = Stopwatch.GetElapsedTime(_start),
        BestEpoch = _bestEpoch,
        Explanation = explanation,
    };

    private void ReportProgress(int epoch, int batch, double loss, long items, long start)
    {
        long now = Stopwatch.GetTimestamp();
        if (_progress is null || now - _lastProgress < ProgressInterval)
        {
            return;
        }

        _lastProgress = now;
        _progress.Report(new TrainingProgress
        {
            Epoch = epoch,
            Epochs = _epochs,
            Batch = batch,
            Batches = _reader.BatchCount,
            TrainLoss = loss,
            ValidationLoss = null,
            LearningRate = _trainer.LearningRate,
            ItemsPerSecond = items / Math.Max(Stopwatch.GetElapsedTime(start, now).TotalSeconds, 1e-9),
            Elapsed = Stopwatch.GetElapsedTime(_start, now),
            EpochEnded = false,
        });
    }

    private void ReportEpoch(EpochReport report) => _progress?.Report(new TrainingProgress
    {
        Epoch = report.Epoch,
        Epochs = _epochs,
        Batch = _reader.BatchCount,
        Batches = _reader.BatchCount,
        TrainLoss = report.TrainLoss,
        ValidationLoss = report.ValidationLoss,
        LearningRate = report.LearningRate,
        ItemsPerSecond = report.ItemsPerSecond,
        Elapsed = Stopwatch.GetElapsedTime(_start),
        EpochEnded = true,
    });
}
