using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace RnnGen.Training;

/// <summary>One call of Fit: epochs, validation, the weights to end with, the report.</summary>
internal sealed class TrainingLoop<T, TInput, TTarget>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInput : unmanaged
    where TTarget : unmanaged
{
    // Divergence in a long epoch must not cost all of it.
    private const int StepsBetweenCopies = 1000;

    private readonly SequenceTrainer<T, TInput, TTarget> _trainer;
    private readonly CheckedReader<TInput, TTarget> _reader;
    private readonly CheckedReader<TInput, TTarget>? _validation;
    private readonly ProgressReports _progress;
    private readonly WeightKeeper<T> _weights;
    private readonly bool _carries;
    private readonly bool _validationCarries;
    private readonly int _epochs;
    private readonly ImmutableArray<EpochReport>.Builder _reports = ImmutableArray.CreateBuilder<EpochReport>();

    // The one that is read into, and a copy of the last that was trained on. Readers see one batch from first to last:
    // they may fill parts of it once.
    private readonly SequenceBatch<TInput, TTarget> _batch;
    private readonly SequenceBatch<TInput, TTarget> _learnt;
    private long _steps;

    public TrainingLoop(
        SequenceTrainer<T, TInput, TTarget> trainer,
        SequenceData<TInput, TTarget> data,
        int epochs,
        SequenceData<TInput, TTarget>? validation,
        IProgress<TrainingProgress>? progress)
    {
        ModelShape shape = trainer.Model.Shape;
        bool canCarry = !shape.States.IsEmpty;
        _trainer = trainer;
        _progress = new ProgressReports(progress, epochs);
        _reader = new CheckedReader<TInput, TTarget>(data, shape, DataRole.Training);
        _validation = validation is null
            ? null
            : new CheckedReader<TInput, TTarget>(validation, shape, DataRole.Validation);
        _batch = new SequenceBatch<TInput, TTarget>(shape);
        _learnt = new SequenceBatch<TInput, TTarget>(shape);
        _epochs = epochs;
        _carries = canCarry && data.CarriesState;
        _validationCarries = canCarry && validation is { CarriesState: true };
        _weights = new WeightKeeper<T>(
            trainer.Model.Parameters, keepsBest: trainer.Options.KeepBest && validation is not null);
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

                if (_reports[^1].ValidationLoss is { } loss && !double.IsFinite(loss))
                {
                    return End(TrainingOutcome.Diverged, string.Create(
                        CultureInfo.InvariantCulture, $"The validation loss of epoch {epoch} is {loss:g6}."));
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
            // A reader, a schedule or a callback has failed: what was learnt stays.
            Settle(out _);
            throw;
        }
        finally
        {
            _trainer.ClearState();
        }
    }

    // False when cancelled.
    private bool TrainEpoch(int epoch, CancellationToken cancellation)
    {
        var sums = new EpochSums();
        _reader.Restart(_trainer.NextOrder());
        _trainer.ClearState();
        for (int batch = 1; !cancellation.IsCancellationRequested && _reader.Read(_batch); batch++)
        {
            sums.Add(TrainBatch(), _trainer.OutputRows, _trainer.Rows);
            _progress.Batch(epoch, batch, _reader.BatchCount, sums, _trainer.LearningRate);
        }

        if (cancellation.IsCancellationRequested)
        {
            return false;
        }

        TimeSpan duration = sums.Elapsed;
        _weights.Keep($"those of the end of epoch {epoch}");
        double? validationLoss = Validate(cancellation);
        var report = new EpochReport
        {
            Epoch = epoch,
            TrainLoss = sums.MeanLoss,
            ValidationLoss = validationLoss,
            LearningRate = _trainer.LearningRate,
            Items = sums.Items,
            Duration = duration,
        };
        _reports.Add(report);
        _weights.Judge(report);
        _progress.Epoch(report, _reader.BatchCount);
        bool cutShort = _validation is not null && validationLoss is null;
        return !cutShort && (!cancellation.IsCancellationRequested || epoch == _epochs);
    }

    private double TrainBatch()
    {
        Pack(_reader);
        long total = _trainer.Options.TotalSteps ?? (long)_epochs * _reader.BatchCount;
        long step = _trainer.Options.TotalSteps is null ? _steps : _trainer.Steps;
        double loss = _trainer.Train(_carries, step, total);
        _weights.Confirm();
        _learnt.CopyFrom(_batch);
        _steps++;
        if (_steps % StepsBetweenCopies == 0)
        {
            _weights.Keep($"those of step {_steps}");
        }

        return loss;
    }

    // Null when there is nothing to validate with, or when cancelled half-way.
    private double? Validate(CancellationToken cancellation)
    {
        if (_validation is null)
        {
            return null;
        }

        var sums = new EpochSums();
        _validation.Restart(null);
        _trainer.ClearState();
        while (_validation.Read(_batch))
        {
            if (cancellation.IsCancellationRequested)
            {
                return null;
            }

            Pack(_validation);
            sums.Add(_trainer.Measure(_validationCarries), _trainer.OutputRows, _trainer.Rows);
        }

        return sums.MeanLoss;
    }

    private void Pack(CheckedReader<TInput, TTarget> reader)
    {
        try
        {
            _trainer.Pack(_batch.Inputs, _batch.Targets, _batch.Lengths);
        }
        catch (ArgumentException exception)
        {
            throw reader.Refused(exception);
        }
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

        _trainer.Pack(_learnt.Inputs, _learnt.Targets, _learnt.Lengths);
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
            BestEpoch = _weights.BestEpoch,
            Explanation = explanation,
        };
    }
}
