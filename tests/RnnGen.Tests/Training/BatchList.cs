using RnnGen.Kernels;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>Data of a user's own kind: batches of one sequence in the given order, and any promise about it.</summary>
internal sealed class BatchList(IReadOnlyList<(float[] Inputs, float[] Targets)> batches)
    : SequenceData<float, float>
{
    public IReadOnlyList<(float[] Inputs, float[] Targets)> Batches => batches;

    public int? PromisedCount { get; init; }

    public bool Resizes { get; init; } = true;

    public bool IsEndless { get; init; }

    /// <summary>What is done as each batch is read, with its number from 0.</summary>
    public Action<int>? Reading { get; init; }

    public override bool CarriesState => false;

    public override SequenceReader<float, float> Open(ModelShape shape) => new Reader(this);

    private sealed class Reader(BatchList list) : SequenceReader<float, float>
    {
        private int _next;

        public override int BatchCount => list.PromisedCount ?? list.Batches.Count;

        public override void Restart(CounterRandom? order) => _next = 0;

        public override bool Read(SequenceBatch<float, float> batch)
        {
            if (_next == list.Batches.Count && !list.IsEndless)
            {
                return false;
            }

            list.Reading?.Invoke(_next);
            if (list.Resizes)
            {
                (float[] inputs, float[] targets) = list.Batches[_next % list.Batches.Count];
                batch.Resize(1, inputs.Length / LeakyLinear.Inputs);
                inputs.CopyTo(batch.Inputs);
                targets.CopyTo(batch.Targets);
                batch.Lengths[0] = batch.Steps;
            }

            _next++;
            return true;
        }
    }
}
