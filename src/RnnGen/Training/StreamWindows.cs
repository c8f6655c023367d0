using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>One long series as parallel streams, read in windows that follow one another.</summary>
internal sealed class StreamWindows<TInput, TTarget>(ReadOnlyMemory<TInput> inputs, ReadOnlyMemory<TTarget> targets)
    : SequenceData<TInput, TTarget>
    where TInput : unmanaged
    where TTarget : unmanaged
{
    // Windows that each stream of validation data has at least, if there are several.
    private const int MeasuredWindows = 16;

    public override bool CarriesState => true;

    public override SequenceReader<TInput, TTarget> Open(ModelShape shape) => Open(shape, DataRole.Other);

    internal override SequenceReader<TInput, TTarget> Open(ModelShape shape, DataRole role)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var checks = new SequenceChecks(shape, role);
        if (shape.OutputPerSequence)
        {
            throw checks.Refusal(
                "Windows have a target for every step, but the model gives one output per sequence: use "
                + "SlidingWindows or Labelled.",
                "data");
        }

        int steps = checks.StepsOf(inputs.Length, nameof(inputs));
        if (steps == 0)
        {
            throw checks.Refusal("There are no inputs.", nameof(inputs));
        }

        checks.TargetCount<TTarget>(targets.Length, steps, nameof(targets));
        checks.Inputs(inputs.Span, nameof(inputs));
        checks.Targets(targets.Span, nameof(targets));
        return new Reader(inputs, targets, steps, StreamsOf(steps, shape, role), shape);
    }

    // Each stream starts without memory. Training needs the batch; a measure needs streams that are long beside that.
    private static int StreamsOf(int steps, ModelShape shape, DataRole role)
    {
        int most = Math.Min(shape.Batch, steps);
        long shortest = (long)MeasuredWindows * shape.Steps;
        bool remembers = shape.CarriesState;
        return role == DataRole.Validation && remembers ? (int)Math.Clamp(steps / shortest, 1, most) : most;
    }

    private sealed class Reader(
        ReadOnlyMemory<TInput> inputs, ReadOnlyMemory<TTarget> targets, int steps, int streams, ModelShape shape)
        : SequenceReader<TInput, TTarget>
    {
        private readonly int _targetWidth = SequenceChecks.TargetWidth<TTarget>(shape);
        private int _window;

        // The first stream is one of the longest.
        public override int BatchCount => (LengthOf(0) + shape.Steps - 1) / shape.Steps;

        public override void Restart(CounterRandom? order) => _window = 0;

        public override bool Read(SequenceBatch<TInput, TTarget> batch)
        {
            if (_window == BatchCount)
            {
                return false;
            }

            // In the last window the shorter streams, which come last, may have ended.
            int first = _window * shape.Steps;
            int sequences = streams;
            while (LengthOf(sequences - 1) <= first)
            {
                sequences--;
            }

            batch.Resize(sequences, Math.Min(shape.Steps, LengthOf(0) - first));
            for (int stream = 0; stream < sequences; stream++)
            {
                batch.Lengths[stream] = Math.Min(shape.Steps, LengthOf(stream) - first);
            }

            for (int step = 0; step < batch.Steps; step++)
            {
                CopyStep(batch, first, step);
            }

            _window++;
            return true;
        }

        // What does not divide evenly makes the first streams one step longer.
        private int LengthOf(int stream) => steps / streams + (stream < steps % streams ? 1 : 0);

        private int StartOf(int stream) => stream * (steps / streams) + Math.Min(stream, steps % streams);

        private void CopyStep(SequenceBatch<TInput, TTarget> batch, int first, int step)
        {
            int inputWidth = shape.InputWidth;
            ReadOnlySpan<TInput> input = inputs.Span;
            ReadOnlySpan<TTarget> target = targets.Span;
            for (int stream = 0; stream < batch.Sequences; stream++)
            {
                if (step < batch.Lengths[stream])
                {
                    int from = StartOf(stream) + first + step;
                    int to = step * batch.Sequences + stream;
                    Rows.Copy(input, from, batch.Inputs, to, inputWidth);
                    Rows.Copy(target, from, batch.Targets, to, _targetWidth);
                }
            }
        }
    }
}
