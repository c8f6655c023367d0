using System.Numerics;

namespace RnnGen.Training;

/// <summary>
/// Trains a model over packed batches: what trainers of all models share, whatever they read. It does one thing at a
/// time, and nobody may run the model meanwhile: while a call runs, any other, <see cref="Dispose()"/> included, throws
/// <see cref="InvalidOperationException"/> and changes nothing; its properties may be read. After the first call of
/// each kind nothing is allocated per step.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract partial class ModelTrainer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PassRunner<T> _runner;
    private readonly SampledInputs<T>? _sampled;
    private readonly RecurrentStates<T> _trainingState;
    private readonly RecurrentStates<T> _evaluationState;
    private long _optimizerSteps;
    private int _epochs;
    private string? _running;
    private CallCounter _calls;
    private bool _disposed;

    /// <summary>Makes a trainer with its memory and threads.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="options">How to train it.</param>
    /// <exception cref="ArgumentException">
    /// The model cannot carry its state or give itself tokens to read, but the options ask for it; or a metric does not
    /// fit the model or the others.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The optimizer asks for fewer than 0 or more than <see cref="Optimizer.MaxMomentCount"/> moments.
    /// </exception>
    protected ModelTrainer(ModelRuntime<T> model, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        if (options.CarryState && !model.Shape.CarriesState)
        {
            throw new ArgumentException(
                "CarryState is set, but this model has no state to carry: it has no recurrent layer; or it is "
                + "bidirectional or an encoder–decoder, which reads each sequence to its end.",
                nameof(options));
        }

        if (options.ScheduledSampling is not null && model.Shape.EndToken is null)
        {
            throw new ArgumentException(
                "ScheduledSampling is set, but this model gives itself nothing to read: it does not decode. Write "
                + "Start and End in [EncoderDecoder].",
                nameof(options));
        }

        Model = model;
        Options = options;
        _sampled = options.ScheduledSampling is null ? null : new SampledInputs<T>(model, options.Seed);
        MetricPlaces = MetricPlace.Of(model, options);
        LearningRate = options.Optimizer.LearningRate;
        _trainingState = new RecurrentStates<T>(model.Shape, model.Shape.Batch, areCarried: true);
        _evaluationState = new RecurrentStates<T>(model.Shape, model.Shape.Batch, areCarried: true);
        _runner = new PassRunner<T>(model, options);
    }

    /// <summary>How this trainer trains.</summary>
    public TrainingOptions Options { get; }

    /// <summary>Updates of the weights so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Learning rate of the last step, or of the first before it.</summary>
    public double LearningRate { get; private set; }

    /// <summary>
    /// Euclidean norm of the last gradients of all parameters together, before clipping. PyTorch's layout has two
    /// biases with equal gradients where the model has one; here they count once.
    /// </summary>
    public double GradientNorm => _runner.GradientNorm;

    /// <summary>The mean loss of a head in the last batch, before it was multiplied by the head's weight.</summary>
    /// <param name="output">Which head: its place among the model's losses, 0 for the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such head.</exception>
    public double HeadLoss(int output) => (uint)output < (uint)_runner.HeadLosses.Length
        ? _runner.HeadLosses[output]
        : throw new ArgumentOutOfRangeException(
            nameof(output), output, $"The head is {output}; it must be from 0 to {_runner.HeadLosses.Length - 1}.");

    /// <summary>The last gradient of a tensor, before clipping, in the layout that the tensor has in files.</summary>
    /// <param name="tensorName">The tensor's name, for instance <c>lstm.weight_ih_l0</c>.</param>
    /// <returns>The gradient of the mean loss, last dimension fastest.</returns>
    /// <exception cref="ArgumentException">The model has no such tensor.</exception>
    /// <exception cref="InvalidOperationException">The trainer is in use.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public T[] Gradient(string tensorName)
    {
        Enter(nameof(Gradient));
        try
        {
            return Model.Parameters.Read(tensorName, _runner.Gradients);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>
    /// The gradient of what the sequences of the last gradients started from, given or not, before clipping.
    /// </summary>
    /// <param name="name">The state's name, for instance <c>lstm.hidden</c>.</param>
    /// <returns>
    /// The gradient of the mean loss <c>[L·D, B, H]</c>, last dimension fastest, the sequences in the order in which
    /// they were given.
    /// </returns>
    /// <exception cref="ArgumentException">The model has no such state.</exception>
    /// <exception cref="InvalidOperationException">
    /// There were no gradients yet: neither a step nor <c>ComputeGradients</c>; or the trainer is in use.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public T[] InitialStateGradient(string name)
    {
        Enter(nameof(InitialStateGradient));
        try
        {
            return _runner.StateGradient(StateTensor.Find(Model.Shape, name));
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>
    /// The gradient of the last inputs that there were gradients for, before clipping. Only models whose input has
    /// <see cref="InputAttribute.Gradient"/> compute it.
    /// </summary>
    /// <param name="name">The input's name; a model that has one calls it <c>inputs</c>.</param>
    /// <returns>
    /// The gradient of the mean loss <c>[T, B, F]</c>, laid out as the inputs were given, with zeros after a sequence's
    /// end.
    /// </returns>
    /// <exception cref="ArgumentException">The model has no such input, or it is tokens.</exception>
    /// <exception cref="InvalidOperationException">
    /// The input was declared without <see cref="InputAttribute.Gradient"/>; there were no gradients yet: neither a
    /// step nor <c>ComputeGradients</c>; or the trainer is in use.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public T[] InputGradient(string name = "inputs")
    {
        Enter(nameof(InputGradient));
        try
        {
            return _runner.InputGradient(FeedShape.WithGradient(Model.Shape, name));
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>
    /// Lets every sequence of the next batch start anew, from zeros or learned states, in training and in evaluation.
    /// </summary>
    /// <exception cref="InvalidOperationException">The trainer is in use.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public void ResetState()
    {
        Enter(nameof(ResetState));
        ClearState();
        Leave();
    }

    /// <summary>
    /// Lets one sequence of the next batch start anew, from zeros or learned states, in training and in evaluation.
    /// </summary>
    /// <param name="sequence">The sequence's place in the batch: 0 to the model's batch − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    /// <exception cref="InvalidOperationException">The trainer is in use.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public void ResetState(int sequence)
    {
        if ((uint)sequence >= (uint)Model.Shape.Batch)
        {
            throw new ArgumentOutOfRangeException(
                nameof(sequence),
                sequence,
                $"The sequence is {sequence}; it must be from 0 to {Model.Shape.Batch - 1}.");
        }

        Enter(nameof(ResetState));
        _trainingState.Clear(sequence);
        _evaluationState.Clear(sequence);
        Leave();
    }

    /// <summary>Ends the threads. The model stays as it is.</summary>
    /// <exception cref="InvalidOperationException">The trainer is in use, and stays usable.</exception>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the threads.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        Claim(nameof(Dispose));
        if (!_disposed)
        {
            _disposed = true;
            _runner.Close();
        }

        Leave();
    }
}
