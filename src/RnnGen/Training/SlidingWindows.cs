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

    public override SequenceReader<TInput, TTarget> Open(ModelShape shape) => Open(shape, DataRole.Other);

    internal override SequenceReader<TInput, TTarget> Open(ModelShape shape, DataRole role)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var checks = new SequenceChecks(shape, role);
        int steps = checks.StepsOf(_inputs.Length, "inputs");
        if (steps < shape.Steps)
        {
            throw checks.Refusal(
                $"inputs has {Quantity.Of(steps, "step")}; a window alone has the model's {shape.Steps}.", "inputs");
        }

        checks.TargetCount<TTarget>(_targets.Length, steps, "targets");

        int count = (steps - shape.Steps) / _stride + 1;
        int width = SequenceChecks.TargetWidth<TTarget>(shape);
        var inputs = new ReadOnlyMemory<TInput>[count];
        var targets = new ReadOnlyMemory<TTarget>[count];
        int checkedEnd = 0;
        for (int i = 0; i < count; i++)
        {
            int start = i * _stride;
            int end = start + shape.Steps;
            int first = Math.Max(start, checkedEnd);
            int firstTarget = shape.OutputPerSequence ? end - 1 : first;
            checks.Inputs(_inputs.Span[(first * shape.InputWidth)..(end * shape.InputWidth)], "inputs", first);
            checks.Targets(_targets.Span[(firstTarget * width)..(end * width)], "targets", firstTarget);
            checkedEnd = end;
            inputs[i] = _inputs.Slice(start * shape.InputWidth, shape.Steps * shape.InputWidth);
            targets[i] = shape.OutputPerSequence
                ? _targets.Slice((start + shape.Steps - 1) * width, width)
                : _targets.Slice(start * width, shape.Steps * width);
        }

        return new SequenceList<TInput, TTarget>(inputs, targets, shape.OutputPerSequence).Read(shape);
    }
}
