namespace RnnGen.Training;

/// <summary>Overlapping windows of one series, each a sequence of its own.</summary>
internal sealed class SlidingWindows<TInput, TTarget> : SequenceData<TInput, TTarget>
    where TInput : unmanaged
    where TTarget : unmanaged
{
    private readonly ReadOnlyMemory<TInput> _inputs;
    private readonly ReadOnlyMemory<TTarget> _targets;
    private readonly int _stride;

    public SlidingWindows(ReadOnlyMemory<TInput> inputs, ReadOnlyMemory<TTarget> targets, int stride)
    {
        if (stride < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(stride), stride, $"The stride is {stride}; it must be 1 or more.");
        }

        _inputs = inputs;
        _targets = targets;
        _stride = stride;
    }

    public override bool CarriesState => false;

    public override SequenceReader<TInput, TTarget> Open(ModelShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        int steps = SequenceChecks.StepsOf(_inputs.Length, shape, "inputs");
        SequenceChecks.Targets<TTarget>(_targets.Length, steps, shape, "targets");
        if (steps < shape.Steps)
        {
            throw new ArgumentException(
                $"inputs has {steps} steps; a window alone has the model's {shape.Steps}.", "inputs");
        }

        int count = (steps - shape.Steps) / _stride + 1;
        int width = SequenceChecks.TargetWidth<TTarget>(shape);
        var inputs = new ReadOnlyMemory<TInput>[count];
        var targets = new ReadOnlyMemory<TTarget>[count];
        for (int i = 0; i < count; i++)
        {
            int start = i * _stride;
            inputs[i] = _inputs.Slice(start * shape.InputWidth, shape.Steps * shape.InputWidth);
            targets[i] = shape.OutputPerSequence
                ? _targets.Slice((start + shape.Steps - 1) * width, width)
                : _targets.Slice(start * width, shape.Steps * width);
        }

        return new SequenceList<TInput, TTarget>(inputs, targets, shape.OutputPerSequence).Open(shape);
    }
}
