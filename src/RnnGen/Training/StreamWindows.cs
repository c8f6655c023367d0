using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>One long series as parallel streams, read in windows that follow one another.</summary>
internal sealed class StreamWindows<TInput, TTarget>(ReadOnlyMemory<TInput> inputs, ReadOnlyMemory<TTarget> targets)
    : SequenceData<TInput, TTarget>
    where TInput : unmanaged
    where TTarget : unmanaged
{
    public override bool CarriesState => true;

    public override SequenceReader<TInput, TTarget> Open(ModelShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.OutputPerSequence)
        {
            throw new ArgumentException(
                "Windows have a target for every step, but the model gives one output per sequence: use "
                + "SlidingWindows or Labelled.",
                "data");
        }

        int steps = SequenceChecks.StepsOf(inputs.Length, shape, nameof(inputs));
        if (steps == 0)
        {
            throw new ArgumentException("There are no inputs.", nameof(inputs));
        }

        SequenceChecks.Targets<TTarget>(targets.Length, steps, shape, nameof(targets));
        SequenceChecks.Indices(inputs.Span, shape.Vocabulary, nameof(inputs));
        SequenceChecks.Indices(targets.Span, shape.OutputSize, nameof(targets));
        return new Reader(inputs, targets, steps, shape);
    }

    private sealed class Reader(
        ReadOnlyMemory<TInput> inputs, ReadOnlyMemory<TTarget> targets, int steps, ModelShape shape)
        : SequenceReader<TInput, TTarget>
    {
        private readonly int _targetWidth = SequenceChecks.TargetWidth<TTarget>(shape);
        private readonly int _streams = Math.Min(shape.Batch, steps);
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
            int sequences = _streams;
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
        private int LengthOf(int stream) => steps / _streams + (stream < steps % _streams ? 1 : 0);

        private int StartOf(int stream) => stream * (steps / _streams) + Math.Min(stream, steps % _streams);

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
