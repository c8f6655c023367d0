using System.Collections.Immutable;
using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Training;
using RnnGen.Weights;

namespace RnnGen.Numerics.Tests.Harness;

/// <summary>A generated model behind one surface, whatever its inputs and targets are.</summary>
public abstract class TestedModel<T>(ModelFacts facts)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ModelFacts Facts { get; } = facts;

    /// <summary>What the generated class works with.</summary>
    public abstract ModelRuntime<T> Runtime { get; }

    public abstract ImmutableArray<TensorMap> Tensors { get; }

    public abstract T[] Get(string tensor);

    public abstract void Set(string tensor, ReadOnlySpan<T> values);

    public abstract void Save(string path);

    public abstract void Forward(Sample<T> sample, Span<T> outputs);

    /// <summary>Inputs as bytes: numbers or tokens, wherever they lie.</summary>
    public abstract void Forward(ReadOnlySpan<byte> inputs, ReadOnlySpan<int> lengths, Span<T> outputs);

    /// <summary>From given states on; null for zeros.</summary>
    public abstract void Forward(
        Sample<T> sample, Span<T> outputs, RecurrentStates<T>? initial, RecurrentStates<T>? final);

    public abstract RecurrentStates<T> CreateStates(int sequences);

    public abstract StreamState<T> CreateState();

    /// <summary>Feeds one step of one sequence to a stream.</summary>
    public abstract ReadOnlySpan<T> Step(Sample<T> sample, int step, int sequence, StreamState<T> state);

    /// <summary>Feeds features to a stream of a model that takes them.</summary>
    public abstract ReadOnlySpan<T> Step(ReadOnlySpan<T> features, StreamState<T> state);

    public abstract TestedTrainer<T> CreateTrainer(TrainingOptions options);

    public T[] Forward(Sample<T> sample)
    {
        var outputs = new T[sample.OutputRows * Facts.OutputSize];
        Forward(sample, outputs);
        return outputs;
    }

    /// <summary>
    /// New weights that depend on the seed, the tensors' order and sizes alone; biases too, and second ones are zeros.
    /// </summary>
    public void Randomize(int seed, double scale = 1.5)
    {
        var random = new Random(seed);
        foreach (TensorMap tensor in Tensors)
        {
            int columns = tensor.Shape.Length > 1 ? tensor.Shape[1] : 4;
            double limit = scale / Math.Sqrt(columns);
            var values = new T[tensor.Length];
            foreach (TensorPart part in tensor.Parts)
            {
                // A second bias is zeros; it takes numbers of the stream only beside a first one in its tensor.
                for (int i = 0; HasValues(tensor) && i < part.Rows * part.Columns; i++)
                {
                    double value = limit * ((2 * random.NextDouble()) - 1);
                    values[(part.FirstRow * part.Columns) + i] =
                        part.Role == TensorPartRole.Value ? T.CreateTruncating(value) : T.Zero;
                }
            }

            Set(tensor.Name, values);
        }
    }

    private static bool HasValues(TensorMap tensor) =>
        tensor.Parts.Any(part => part.Role == TensorPartRole.Value);

    /// <summary>All weights, tensor after tensor.</summary>
    public T[] Weights() => [.. Tensors.SelectMany(tensor => Get(tensor.Name))];

    public static TestedModel<T> Create(ModelFacts facts, SimdTarget? target = null, ulong seed = 0) =>
        Wrap(facts, Activator.CreateInstance(facts.Type, seed, target)!);

    public static TestedModel<T> Load(ModelFacts facts, string path, SimdTarget? target = null)
    {
        var load = facts.Type.GetMethod("Load", [typeof(string), typeof(SimdTarget?), typeof(LoadOptions)])!
            .CreateDelegate<Func<string, SimdTarget?, LoadOptions?, object>>();
        return Wrap(facts, load(path, target, null));
    }

    private static TestedModel<T> Wrap(ModelFacts facts, object model)
    {
        Type[] trained = facts.TrainerType.BaseType!.GenericTypeArguments;
        Type wrapper = typeof(GeneratedModel<,,,>).MakeGenericType(typeof(T), trained[1], trained[2], facts.StateType);
        return (TestedModel<T>)Activator.CreateInstance(wrapper, facts, model)!;
    }
}
