using System.Collections.Immutable;

namespace RnnGen.Benchmarks.Cases;

/// <summary>RnnGen's side of a comparison.</summary>
internal abstract class OurContender : IContender
{
    protected OurContender(BenchmarkModel model) => Tensors = model.ReadTensors();

    /// <summary>The weights before any training, for the peers to take over.</summary>
    public ImmutableDictionary<string, NamedTensor> Tensors { get; }

    public abstract float[] FirstResults();

    public abstract void Run(int calls);

    public virtual void Dispose()
    {
    }
}
