using System.Collections.Immutable;
using System.Globalization;

namespace RnnGen.Training;

// What the public calls and the training loop are made of: one batch at a time, one call at a time.
public abstract partial class ModelTrainer<T>
{
    /// <summary>The model.</summary>
    internal ModelRuntime<T> Model { get; }

    /// <summary>Where the metrics of the options are measured.</summary>
    internal ImmutableArray<MetricPlace> MetricPlaces { get; }

    /// <summary>The batch that the next call works on.</summary>
    internal PackedBatch<T> Batch => _runner.Batch;

    /// <summary>Mean loss of each head in the last batch, before its weight.</summary>
    internal ReadOnlySpan<double> HeadLosses => _runner.HeadLosses;

    /// <summary>One step of training.</summary>
    /// <param name="carry">Whether the state is carried.</param>
    /// <param name="step">Place of the step in the schedule.</param>
    /// <param name="totalSteps">Length of the schedule.</param>
    /// <param name="initial">What to start from instead of what is carried, of learned states or of zeros.</param>
    /// <param name="final">Receives what the sequences end in.</param>
    internal double Train(
        bool carry,
        long step,
        long totalSteps,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null)
    {
        LearningRate = RateAt(step, totalSteps);
        _sampled?.Replace(_runner.Batch, Options.ScheduledSampling!, Steps);
        _runner.Run(
            PassGoal.Update,
            Flow(carry ? _trainingState : null, initial, final),
            DropoutKeys.At(Options.Seed, Steps),
            LearningRate,
            _optimizerSteps + 1);
        if (!_runner.IsUpdated)
        {
            throw new TrainingDivergedException(Steps + 1, _runner.Loss, _runner.GradientNorm, LearningRate);
        }

        Steps++;
        _optimizerSteps++;
        return _runner.Loss;
    }

    /// <summary>The loss.</summary>
    /// <param name="carry">Whether the state is carried.</param>
    /// <param name="initial">What to start from instead of what is carried, of learned states or of zeros.</param>
    /// <param name="final">Receives what the sequences end in.</param>
    internal double Measure(bool carry, RecurrentStates<T>? initial = null, RecurrentStates<T>? final = null)
    {
        _runner.Run(
            PassGoal.Loss,
            Flow(carry ? _evaluationState : null, initial, final),
            dropoutKey: 0,
            learningRate: 0,
            step: 1);
        return _runner.Loss;
    }

    /// <summary>What the heads give for the batch; carried state stays where it is.</summary>
    /// <param name="carry">Whether the batch goes on from the state that evaluation carries.</param>
    internal void ComputeOutputs(bool carry) => _runner.RunForward(carry ? _evaluationState : null);

    /// <summary>A head's numbers for a packed row, after <see cref="ComputeOutputs"/> and before any other pass.
    /// </summary>
    internal ReadOnlySpan<T> OutputRow(int head, int row) => _runner.OutputRow(head, row);

    /// <summary>The order of the next epoch's data; each epoch of this trainer has its own.</summary>
    internal Kernels.CounterRandom NextOrder() => new(Options.Seed, DropoutKeys.At(ulong.MaxValue, _epochs++));

    /// <summary>Lets all sequences start anew.</summary>
    internal void ClearState()
    {
        _trainingState.Clear();
        _evaluationState.Clear();
    }

    /// <summary>Forgets what the optimizer remembers of earlier steps.</summary>
    internal void ResetOptimizer()
    {
        _runner.ResetMoments();
        _optimizerSteps = 0;
    }

    /// <summary>Takes the trainer for one call of a generated trainer.</summary>
    /// <param name="call">The method that was called, for messages.</param>
    /// <exception cref="InvalidOperationException">The trainer is in use.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    protected TrainerCall<T> Begin(string call)
    {
        Enter(call);
        _runner.Batch.Clear();
        return new TrainerCall<T>(this, _calls.Begin());
    }

    /// <summary>Whether the call of a number has the trainer.</summary>
    internal bool IsRunning(long call) => _calls.IsRunning(call);

    /// <summary>Ends the call of a number; one that has ended before leaves the trainer to whoever has it.</summary>
    internal void Leave(long call)
    {
        if (_calls.End(call))
        {
            Leave();
        }
    }

    internal T TrainBatch(RecurrentStates<T>? initial, RecurrentStates<T>? final)
    {
        CheckSchedule();
        CheckStates(initial, final);
        return T.CreateTruncating(Train(Options.CarryState, Steps, Options.TotalSteps ?? 1, initial, final));
    }

    internal T EvaluateBatch(RecurrentStates<T>? initial, RecurrentStates<T>? final)
    {
        CheckStates(initial, final);
        return T.CreateTruncating(Measure(Options.CarryState, initial, final));
    }

    internal T DifferentiateBatch(RecurrentStates<T>? initial, RecurrentStates<T>? final)
    {
        CheckStates(initial, final);
        _runner.Run(
            PassGoal.Gradients,
            new StateFlow<T>(initial ?? (Options.CarryState ? _trainingState : null), Carried: null, final),
            DropoutKeys.At(Options.Seed, Steps),
            learningRate: 0,
            step: 1);
        return T.CreateTruncating(_runner.Loss);
    }

    private void CheckSchedule()
    {
        if (Options.Schedule is not null && Options.TotalSteps is null)
        {
            throw new InvalidOperationException(
                "A schedule must know the steps of the whole training: set TrainingOptions.TotalSteps, or use Fit.");
        }
    }

    // After the batch: what is wrong with that comes first, and nothing has run yet.
    private void CheckStates(RecurrentStates<T>? initial, RecurrentStates<T>? final)
    {
        int sequences = _runner.Batch.Batch;
        initial?.Check(Model.Shape, sequences, nameof(initial));
        initial?.CheckFinite(nameof(initial));
        final?.Check(Model.Shape, sequences, nameof(final));
    }

    private static StateFlow<T> Flow(
        RecurrentStates<T>? carried, RecurrentStates<T>? initial, RecurrentStates<T>? final) =>
        new(initial ?? carried, carried, final);

    // A schedule may be the user's own, and what it says goes into every weight.
    private double RateAt(long step, long totalSteps)
    {
        double whole = Options.Optimizer.LearningRate;
        double rate = Options.Schedule?.RateAt(step, totalSteps, whole) ?? whole;
        return rate >= 0 && double.IsFinite(rate)
            ? rate
            : throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{Options.Schedule?.GetType().Name}.RateAt({step}, {totalSteps}, {whole}) gave {rate}; a learning "
                + $"rate must be 0 or more, and finite."));
    }

    private void Enter(string call)
    {
        Claim(call);
        if (_disposed)
        {
            Leave();
            ObjectDisposedException.ThrowIf(_disposed, this);
        }
    }

    private void Claim(string call)
    {
        if (Interlocked.CompareExchange(ref _running, call, null) is { } running)
        {
            throw new InvalidOperationException(
                $"{call} was called while {running} is running: a trainer does one thing at a time, and Fit has it for "
                + "itself until it returns, also from what Fit calls back.");
        }
    }

    private void Leave() => Volatile.Write(ref _running, null);
}
