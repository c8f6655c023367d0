using RnnGen.Training;

namespace RnnGen;

/// <summary>A batch that a reader fills: sequences side by side, time-major. What follows a sequence's end is not read.
/// </summary>
/// <typeparam name="TInput"><see cref="int"/> for tokens, the model's number for features.</typeparam>
/// <typeparam name="TTarget"><see cref="int"/> for classes, the model's number for values.</typeparam>
public sealed class SequenceBatch<TInput, TTarget>
    where TInput : unmanaged
    where TTarget : unmanaged
{
    private readonly ModelShape _shape;
    private readonly int _targetWidth;
    private readonly TInput[] _inputs;
    private readonly TTarget[] _targets;
    private readonly int[] _lengths;

    /// <summary>Makes room for the largest batch of a model.</summary>
    /// <param name="shape">The sizes of the model.</param>
    public SequenceBatch(ModelShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        _shape = shape;
        _targetWidth = typeof(TTarget) == typeof(int) ? 1 : shape.OutputSize;
        _inputs = new TInput[checked(shape.Steps * shape.Batch * shape.InputWidth)];
        _targets = new TTarget[checked((shape.OutputPerSequence ? 1 : shape.Steps) * shape.Batch * _targetWidth)];
        _lengths = new int[shape.Batch];
    }

    /// <summary>Sequences in the batch.</summary>
    public int Sequences { get; private set; }

    /// <summary>Steps that there is room for: those of the longest sequence.</summary>
    public int Steps { get; private set; }

    /// <summary>Tokens <c>[Steps, Sequences]</c> or features <c>[Steps, Sequences, F]</c>.</summary>
    public Span<TInput> Inputs => _inputs.AsSpan(0, Steps * Sequences * _shape.InputWidth);

    /// <summary>
    /// Classes <c>[Steps, Sequences]</c> or values <c>[Steps, Sequences, O]</c>; without the steps when the model gives
    /// one output per sequence.
    /// </summary>
    public Span<TTarget> Targets =>
        _targets.AsSpan(0, (_shape.OutputPerSequence ? 1 : Steps) * Sequences * _targetWidth);

    /// <summary>Steps of each sequence, <c>[Sequences]</c>; the longest must have <see cref="Steps"/>.</summary>
    public Span<int> Lengths => _lengths.AsSpan(0, Sequences);

    /// <summary>
    /// Sets the size of the batch; its contents are those of an earlier batch until they are written.
    /// </summary>
    /// <param name="sequences">Sequences: 1 to the model's batch.</param>
    /// <param name="steps">Steps of the longest: 1 to the model's steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is outside its range.</exception>
    public void Resize(int sequences, int steps)
    {
        if (sequences < 1 || sequences > _shape.Batch)
        {
            throw new ArgumentOutOfRangeException(
                nameof(sequences),
                sequences,
                $"There are {sequences} sequences; a batch has from 1 to {_shape.Batch}.");
        }

        if (steps < 1 || steps > _shape.Steps)
        {
            throw new ArgumentOutOfRangeException(
                nameof(steps), steps, $"There are {steps} steps; a batch has from 1 to {_shape.Steps}.");
        }

        Sequences = sequences;
        Steps = steps;
    }

    /// <summary>Takes over the size and the contents of another batch.</summary>
    internal void CopyFrom(SequenceBatch<TInput, TTarget> other)
    {
        (Sequences, Steps) = (other.Sequences, other.Steps);
        other.Inputs.CopyTo(Inputs);
        other.Targets.CopyTo(Targets);
        other.Lengths.CopyTo(Lengths);
    }
}
