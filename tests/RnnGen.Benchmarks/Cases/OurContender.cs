using System.Collections.Immutable;
using RnnGen.Weights;

namespace RnnGen.Benchmarks.Cases;

/// <summary>RnnGen's side of a comparison.</summary>
internal abstract class OurContender : IContender
{
    protected OurContender(IBenchmarkModel model)
    {
        Tensors = model.Tensors.ToImmutableDictionary(
            tensor => tensor.Name, tensor => new NamedTensor(tensor.Name, tensor.Shape, model.GetTensor(tensor.Name)));
    }

    /// <summary>The weights before any training, for the peers to take over.</summary>
    public ImmutableDictionary<string, NamedTensor> Tensors { get; }

    public abstract float[] FirstResults();

    public abstract void Run(int calls);

    public virtual void Dispose()
    {
    }
}
