using System.Globalization;

namespace RnnGen.Training;

// What the public calls and the training loop are made of: one batch at a time, one call at a time.
public abstract partial class SequenceTrainer<T, TInput, TTarget>
{
    /// <summary>The model.</summary>
    internal ModelRuntime<T> Model { get; }

    /// <summary>Output rows of the last batch: what its mean loss was taken over.</summary>
    internal int OutputRows => _runner.Batch.OutputRows;

    /// <summary>Sequence steps of the last batch.</summary>
    internal int Rows => _runner.Batch.Rows;

    /// <summary>Takes in the batch that the next call works on; a batch that is refused leaves no trace.</summary>
    /// <param name="inputs">As for a step.</param>
    /// <param name="targets">As for a step.</param>
    /// <param name="lengths">As for a step.</param>
    internal void Pack(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets, SequenceLengths lengths) =>
        _runner.Batch.Pack(inputs, targets, lengths);

    /// <summary>One step of training.</summary>
    /// <param name="carry">Whether the state is carried.</param>
    /// <param name="step">Place of the step in the schedule.</param>
    /// <param name="totalSteps">Length of the schedule.</param>
    /// <param name="initial">What to start from instead of what is carried, or of zeros.</param>
    /// <param name="final">Receives what the sequences end in.</param>
    internal double Train(
        bool carry,
        long step,
        long totalSteps,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null)
    {
        LearningRate = RateAt(step, totalSteps);
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
    /// <param name="initial">What to start from instead of what is carried, or of zeros.</param>
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

    /// <summary>The order of the next epoch's data; each epoch of this trainer has its own.</summary>
    internal Kernels.CounterRandom NextOrder() => new(Options.Seed, DropoutKeys.At(ulong.MaxValue, _epochs++));

    /// <summary>Lets all sequences start from zeros.</summary>
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

    private T TrainOnce(
        ReadOnlySpan<TInput> inputs,
        ReadOnlySpan<TTarget> targets,
        SequenceLengths lengths,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null)
    {
        if (Options.Schedule is not null && Options.TotalSteps is null)
        {
            throw new InvalidOperationException(
                "A schedule must know the steps of the whole training: set TrainingOptions.TotalSteps, or use Fit.");
        }

        Enter(nameof(Step));
        try
        {
            Pack(inputs, targets, lengths);
            CheckStates(initial, final);
            return T.CreateTruncating(Train(Options.CarryState, Steps, Options.TotalSteps ?? 1, initial, final));
        }
        finally
        {
            Leave();
        }
    }

    private T EvaluateOnce(
        ReadOnlySpan<TInput> inputs,
        ReadOnlySpan<TTarget> targets,
        SequenceLengths lengths,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null)
    {
        Enter(nameof(Evaluate));
        try
        {
            Pack(inputs, targets, lengths);
            CheckStates(initial, final);
            return T.CreateTruncating(Measure(Options.CarryState, initial, final));
        }
        finally
        {
            Leave();
        }
    }

    private T Differentiate(
        ReadOnlySpan<TInput> inputs,
        ReadOnlySpan<TTarget> targets,
        SequenceLengths lengths,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null)
    {
        Enter(nameof(ComputeGradients));
        try
        {
            Pack(inputs, targets, lengths);
            CheckStates(initial, final);
            _runner.Run(
                PassGoal.Gradients,
                new StateFlow<T>(initial ?? (Options.CarryState ? _trainingState : null), Carried: null, final),
                DropoutKeys.At(Options.Seed, Steps),
                learningRate: 0,
                step: 1);
            return T.CreateTruncating(_runner.Loss);
        }
        finally
        {
            Leave();
        }
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
