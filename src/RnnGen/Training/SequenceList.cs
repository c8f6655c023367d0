using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>Independent sequences of any lengths, with a target for every step or one for the whole sequence.</summary>
internal sealed class SequenceList<TInput, TTarget>(
    ReadOnlyMemory<TInput>[] inputs, ReadOnlyMemory<TTarget>[] targets, bool isLabelled)
    : SequenceData<TInput, TTarget>
    where TInput : unmanaged
    where TTarget : unmanaged
{
    public override bool CarriesState => false;

    public override SequenceReader<TInput, TTarget> Open(ModelShape shape) => Open(shape, DataRole.Other);

    /// <summary>Makes a reader over sequences that are checked already.</summary>
    public SequenceReader<TInput, TTarget> Read(ModelShape shape) => new Reader(inputs, targets, shape);

    internal override SequenceReader<TInput, TTarget> Open(ModelShape shape, DataRole role)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var checks = new SequenceChecks(shape, role);
        if (isLabelled != shape.OutputPerSequence)
        {
            throw checks.Refusal(
                isLabelled
                    ? "The data has one label per sequence, but the model gives an output for every step: use "
                        + "Sequences, or pool the model's steps with [Last], [Mean] or [Max]."
                    : "The data has a target for every step, but the model gives one output per sequence: use "
                        + "Labelled.",
                "data");
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            Check(i, shape, checks);
        }

        return Read(shape);
    }

    private void Check(int i, ModelShape shape, SequenceChecks checks)
    {
        string inputName = $"inputs[{i}]";
        string targetName = isLabelled ? $"labels of sequence {i}" : $"targets[{i}]";
        int steps = checks.StepsOf(inputs[i].Length, inputName);
        if (steps < 1 || steps > shape.Steps)
        {
            throw checks.Refusal(
                $"{inputName} has {Quantity.Of(steps, "step")}; the model takes from 1 to {shape.Steps}.",
                nameof(inputs));
        }

        checks.TargetCount<TTarget>(targets[i].Length, isLabelled ? 1 : steps, targetName);
        checks.Inputs(inputs[i].Span, inputName);
        checks.Targets(targets[i].Span, targetName);
    }

    private sealed class Reader : SequenceReader<TInput, TTarget>
    {
        private readonly ReadOnlyMemory<TInput>[] _inputs;
        private readonly ReadOnlyMemory<TTarget>[] _targets;
        private readonly ModelShape _shape;
        private readonly int _targetWidth;
        private readonly int[] _order;
        private int _next;

        public Reader(ReadOnlyMemory<TInput>[] inputs, ReadOnlyMemory<TTarget>[] targets, ModelShape shape)
        {
            _inputs = inputs;
            _targets = targets;
            _shape = shape;
            _targetWidth = SequenceChecks.TargetWidth<TTarget>(shape);
            _order = new int[inputs.Length];
            Restart(null);
        }

        public override int BatchCount => (_order.Length + _shape.Batch - 1) / _shape.Batch;

        public override void Restart(CounterRandom? order)
        {
            // Always shuffled from the same start, so that an epoch's order depends on its own seed alone.
            for (int i = 0; i < _order.Length; i++)
            {
                _order[i] = i;
            }

            order?.Shuffle(_order.AsSpan());
            _next = 0;
        }

        public override bool Read(SequenceBatch<TInput, TTarget> batch)
        {
            ReadOnlySpan<int> chosen = _order.AsSpan(_next, Math.Min(_shape.Batch, _order.Length - _next));
            if (chosen.IsEmpty)
            {
                return false;
            }

            int steps = 0;
            foreach (int i in chosen)
            {
                steps = Math.Max(steps, _inputs[i].Length / _shape.InputWidth);
            }

            batch.Resize(chosen.Length, steps);
            for (int sequence = 0; sequence < chosen.Length; sequence++)
            {
                CopySequence(batch, sequence, chosen[sequence]);
            }

            _next += chosen.Length;
            return true;
        }

        private void CopySequence(SequenceBatch<TInput, TTarget> batch, int sequence, int source)
        {
            int width = _shape.InputWidth;
            ReadOnlySpan<TInput> input = _inputs[source].Span;
            ReadOnlySpan<TTarget> target = _targets[source].Span;
            int length = input.Length / width;
            batch.Lengths[sequence] = length;
            for (int step = 0; step < length; step++)
            {
                Rows.Copy(input, step, batch.Inputs, step * batch.Sequences + sequence, width);
            }

            int targetRows = _shape.OutputPerSequence ? 1 : length;
            for (int step = 0; step < targetRows; step++)
            {
                Rows.Copy(target, step, batch.Targets, step * batch.Sequences + sequence, _targetWidth);
            }
        }
    }
}
