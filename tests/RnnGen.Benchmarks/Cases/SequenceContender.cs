using RnnGen.Training;

namespace RnnGen.Benchmarks.Cases;

/// <summary>RnnGen's forward pass over one whole sequence.</summary>
internal sealed class SequenceContender<TState>(BenchmarkCase owner, IStreamedModel<TState> model)
    : OurContender(model)
    where TState : StreamState<float>
{
    private readonly float[] _features = owner.Data.Features;
    private readonly float[] _outputs = new float[owner.Steps * owner.Batch * owner.Network.Outputs];

    public override float[] FirstResults()
    {
        Run(1);
        return [.. _outputs];
    }

    public override void Run(int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            model.Forward(_features, default, _outputs);
        }
    }
}
