namespace RnnGen.Training;

// What the public calls and the training loop are made of: one batch at a time, one thread at a time.
public abstract partial class SequenceTrainer<T, TInput, TTarget>
{
    /// <summary>The model.</summary>
    internal ModelRuntime<T> Model { get; }

    /// <summary>Output rows of the last batch: what its mean loss was taken over.</summary>
    internal int OutputRows => _runner.Batch.OutputRows;

    /// <summary>Sequence steps of the last batch.</summary>
    internal int Rows => _runner.Batch.Rows;

    /// <summary>One step of training.</summary>
    /// <param name="inputs">As for a step.</param>
    /// <param name="targets">As for a step.</param>
    /// <param name="lengths">The batch's sequences.</param>
    /// <param name="carry">Whether the state is carried.</param>
    /// <param name="step">Place of the step in the schedule.</param>
    /// <param name="totalSteps">Length of the schedule.</param>
    internal double Train(
        ReadOnlySpan<TInput> inputs,
        ReadOnlySpan<TTarget> targets,
        SequenceLengths lengths,
        bool carry,
        long step,
        long totalSteps)
    {
        Enter();
        try
        {
            _runner.Batch.Pack(inputs, targets, lengths);
            double rate = Options.Optimizer.LearningRate;
            LearningRate = Options.Schedule?.RateAt(step, totalSteps, rate) ?? rate;
            _runner.Run(
                PassGoal.Update,
                carry ? _trainingState : null,
                store: carry,
                DropoutKeys.At(Options.Seed, Steps),
                LearningRate,
                _optimizerSteps + 1);
            if (!_runner.IsFinite)
            {
                throw new TrainingDivergedException(Steps + 1, _runner.Loss, _runner.GradientNorm, LearningRate);
            }

            Steps++;
            _optimizerSteps++;
            return _runner.Loss;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>The loss of one batch.</summary>
    /// <param name="inputs">As for a step.</param>
    /// <param name="targets">As for a step.</param>
    /// <param name="lengths">The batch's sequences.</param>
    /// <param name="carry">Whether the state is carried.</param>
    internal double Validate(
        ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets, SequenceLengths lengths, bool carry)
    {
        Enter();
        try
        {
            _runner.Batch.Pack(inputs, targets, lengths);
            _runner.Run(
                PassGoal.Loss, carry ? _evaluationState : null, store: carry, dropoutKey: 0, learningRate: 0, step: 1);
            return _runner.Loss;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>The order of the next epoch's data; each epoch of this trainer has its own.</summary>
    internal Kernels.CounterRandom NextOrder() => new(Options.Seed, DropoutKeys.At(ulong.MaxValue, _epochs++));

    /// <summary>Forgets what the optimizer remembers of earlier steps.</summary>
    internal void ResetOptimizer()
    {
        _runner.ResetMoments();
        _optimizerSteps = 0;
    }

    private T TrainOnce(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets, SequenceLengths lengths)
    {
        if (Options.Schedule is not null && Options.TotalSteps is null)
        {
            throw new InvalidOperationException(
                "A schedule must know the steps of the whole training: set TrainingOptions.TotalSteps, or use Fit.");
        }

        double loss = Train(inputs, targets, lengths, Options.CarryState, Steps, Options.TotalSteps ?? 1);
        return T.CreateTruncating(loss);
    }

    private T Differentiate(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets, SequenceLengths lengths)
    {
        Enter();
        try
        {
            _runner.Batch.Pack(inputs, targets, lengths);
            _runner.Run(
                PassGoal.Gradients,
                Options.CarryState ? _trainingState : null,
                store: false,
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

    private void Enter()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            throw new InvalidOperationException(
                "The trainer is in use by another thread; it does one batch at a time.");
        }
    }

    private void Leave() => Volatile.Write(ref _busy, 0);
}
