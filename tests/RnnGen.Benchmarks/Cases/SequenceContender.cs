namespace RnnGen.Benchmarks.Cases;

/// <summary>RnnGen's forward pass over one whole sequence.</summary>
internal sealed class SequenceContender(BenchmarkCase owner, BenchmarkModel model) : OurContender(model)
{
    private readonly float[] _features = owner.Data.Features;
    private readonly float[] _outputs = new float[owner.Steps * owner.Batch * owner.Network.Outputs];
    private readonly ForwardFunction _forward = model.Bind<ForwardFunction>("Forward");

    private delegate void ForwardFunction(ReadOnlySpan<float> inputs, int sequences, Span<float> outputs);

    public override float[] FirstResults()
    {
        Run(1);
        return [.. _outputs];
    }

    public override void Run(int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            _forward(_features, owner.Batch, _outputs);
        }
    }
}
