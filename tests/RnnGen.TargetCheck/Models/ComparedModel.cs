using System.Collections.Immutable;
using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Training;
using RnnGen.Weights;

namespace RnnGen.TargetCheck.Models;

/// <summary>
/// The members that the generator added to a class, as delegates: one set of checks serves all models, and without
/// reflection, for which NativeAOT would have cut them away.
/// </summary>
internal sealed class ComparedModel<T, TInput, TTarget>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInput : unmanaged, INumberBase<TInput>
    where TTarget : unmanaged, INumberBase<TTarget>
{
    public delegate void TensorSetter(string name, ReadOnlySpan<T> values);

    public delegate void ForwardPass(ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, Span<T> outputs);

    public delegate ReadOnlySpan<T> StreamStep(ReadOnlySpan<TInput> input, StreamState<T> state);

    public required ModelSize Size { get; init; }

    public required ImmutableArray<TensorMap> Tensors { get; init; }

    public required Func<string, T[]> Get { get; init; }

    public required TensorSetter Set { get; init; }

    public required ForwardPass ForwardInto { get; init; }

    public required Func<TrainingOptions, SequenceTrainer<T, TInput, TTarget>> CreateTrainer { get; init; }

    /// <summary>Null, as <see cref="Step"/> is, where the model reads in both directions.</summary>
    public Func<StreamState<T>>? CreateState { get; init; }

    public StreamStep? Step { get; init; }

    /// <summary>Names of the tensors with weights of their own: not PyTorch's second biases.</summary>
    public IEnumerable<string> OwnTensors => Tensors
        .Where(tensor => tensor.Parts.Any(part => part.Role == TensorPartRole.Value))
        .Select(tensor => tensor.Name);

    public T[] Forward(DrawnBatch<TInput, TTarget> sample)
    {
        int rows = Size.OutputPerSequence ? sample.Batch : sample.Steps * sample.Batch;
        var outputs = new T[rows * Size.OutputSize];
        ForwardInto(sample.Inputs, sample.Lengths, outputs);
        return outputs;
    }

    /// <summary>New weights, so large that no function is nearly linear on them; biases too.</summary>
    public void Randomize(ulong seed)
    {
        var random = new CounterRandom(seed);
        foreach (TensorMap tensor in Tensors)
        {
            double limit = 1.5 / Math.Sqrt(tensor.Shape.Length > 1 ? tensor.Shape[1] : 4);
            var values = new T[tensor.Length];
            foreach (int place in Places(tensor))
            {
                values[place] = T.CreateTruncating(random.NextUniform(-limit, limit));
            }

            Set(tensor.Name, values);
        }
    }

    /// <summary>Where in a tensor weights are: the second of two biases that are added is none.</summary>
    public static IEnumerable<int> Places(TensorMap tensor) => tensor.Parts
        .Where(part => part.Role == TensorPartRole.Value)
        .SelectMany(part => Enumerable.Range(part.FirstRow * part.Columns, part.Rows * part.Columns));
}
