using System.Collections.Immutable;
using RnnGen.Training;

namespace RnnGen;

/// <summary>How a trainer trains.</summary>
public sealed class TrainingOptions
{
    /// <summary>What turns gradients into new weights, and at which learning rate.</summary>
    public Optimizer Optimizer
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Optimizer));
    } = new Adam();

    /// <summary>
    /// Most that the Euclidean norm of all gradients together may be: larger gradients are scaled down to it. Above 0;
    /// null, the default, leaves them alone.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0 and finite.</exception>
    public double? ClipNorm
    {
        get;
        init => field = value is { } norm ? OptionRange.AboveZero(norm) : null;
    }

    /// <summary>
    /// Most threads to train on, the caller's included: 1, the default, to <see cref="WorkerTeam.MaxWorkers"/>. A batch
    /// too small to be worth them runs on fewer, and so do all while steps take longer on more, as where a virtual
    /// machine's cores are two threads of one: now and then a trainer tries. The result is the same, bit for bit, on
    /// any number.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int Threads
    {
        get;
        init => field = value is >= 1 and <= WorkerTeam.MaxWorkers
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Threads), value, $"Threads is {value}; it must be from 1 to {WorkerTeam.MaxWorkers}.");
    } = 1;

    /// <summary>How the learning rate changes as training goes on; null, the default, keeps the optimizer's.</summary>
    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>
    /// Steps of the whole training, that <see cref="Schedule"/> is laid over: 1 or more. Null, the default, lays it
    /// over each call of <c>Fit</c>; a loop of your own over <c>Step</c> with a schedule must give it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long? TotalSteps
    {
        get;
        init => field = value is { } steps ? OptionRange.AtLeast(1, steps) : null;
    }

    /// <summary>Decides dropout masks and the order of shuffled data.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// How often a decoder reads, in <c>Step</c> and <c>Fit</c>, what it would have given itself instead of its
    /// targets; null, the default, for targets alone. Only for models that decode. <c>Evaluate</c>,
    /// <c>ComputeGradients</c> and validation always read targets.
    /// </summary>
    public ScheduledSampling? ScheduledSampling { get; init; }

    /// <summary>
    /// Whether sequence i of a batch starts from the state that sequence i of the batch before ended in, in
    /// <c>Step</c> and, apart from it, in <c>Evaluate</c>: truncated back-propagation through time. <c>Fit</c> carries
    /// the state whenever its data says so. Where a call is given initial states, its batch starts from these instead.
    /// Not for bidirectional models and encoder–decoders, nor for models without a recurrent layer.
    /// </summary>
    public bool CarryState { get; init; }

    /// <summary>
    /// Whether <c>Fit</c>, when given validation data, ends with the weights of the best epoch rather than with the
    /// last; true unless set. The best is the one with the lowest validation loss, unless <see cref="BestBy"/> is set.
    /// Without validation data it has no effect.
    /// </summary>
    public bool KeepBest { get; init; } = true;

    /// <summary>
    /// What <c>Fit</c> measures on the validation data after every epoch, besides the loss; empty by default. Each
    /// needs a name of its own. Those of outputs take one forward pass more over the validation data all together;
    /// those of decoded sequences let the model decode each of its sources once. Training is the same, bit for bit,
    /// with them and without.
    /// </summary>
    /// <exception cref="ArgumentException">One is null.</exception>
    public ImmutableArray<Metric> Metrics
    {
        get;
        init => field = value.IsDefault || value.Contains(null!)
            ? throw new ArgumentException("Metrics has one that is null.", nameof(Metrics))
            : value;
    } = [];

    /// <summary>
    /// How metrics of decoded sequences decode, of which the best hypothesis is compared; null, the default, for greedy
    /// search.
    /// </summary>
    public DecodingOptions? Decoding { get; init; }

    /// <summary>
    /// The metric, by its name, that tells which epoch is best, for <see cref="KeepBest"/>, <see cref="Patience"/> and
    /// <see cref="TrainingReport.BestEpoch"/>; null, the default, for the validation loss. A value that is NaN or
    /// infinite is never the best.
    /// </summary>
    public string? BestBy { get; init; }

    /// <summary>
    /// After how many epochs in a row without a better one <c>Fit</c> stops, which needs validation data: 1 or more;
    /// null, the default, goes through all epochs.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Patience
    {
        get;
        init => field = value is { } epochs ? (int)OptionRange.AtLeast(1, epochs) : null;
    }
}
