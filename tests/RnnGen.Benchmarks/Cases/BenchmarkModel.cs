using System.Collections.Immutable;
using RnnGen.Kernels;
using RnnGen.Weights;

namespace RnnGen.Benchmarks.Cases;

/// <summary>
/// The members that the generator added to a class, as delegates: one set of contenders serves all models, and a call
/// of a delegate costs what a user's own call costs.
/// </summary>
internal sealed class BenchmarkModel
{
    private readonly object _model;

    private const ulong Seed = 1;

    public BenchmarkModel(Type type)
        : this(Activator.CreateInstance(type, Seed, default(SimdTarget?))!)
    {
    }

    public BenchmarkModel(object model) => _model = model;

    /// <summary>The class that the generator has emitted for a model and a target.</summary>
    public static Type KernelsOf(Type model, SimdTarget target) => model.Assembly.GetType(
        $"RnnGen.Generated.{model.FullName!.Replace('.', '_')}.{target}Kernels", throwOnError: true)!;

    public Type Type => _model.GetType();

    /// <summary>All weights, as they are now.</summary>
    public ImmutableDictionary<string, NamedTensor> ReadTensors()
    {
        var tensors = (ImmutableArray<TensorMap>)Type.GetProperty("Tensors")!.GetValue(_model)!;
        var read = Bind<Func<string, float[]>>("GetTensor");
        return tensors.ToImmutableDictionary(
            tensor => tensor.Name, tensor => new NamedTensor(tensor.Name, tensor.Shape, read(tensor.Name)));
    }

    /// <summary>A method of the model: the overload that takes what the delegate takes.</summary>
    public TDelegate Bind<TDelegate>(string method)
        where TDelegate : Delegate => Bind<TDelegate>(_model, method);

    /// <summary>A method of what the model has made: the overload that takes what the delegate takes.</summary>
    public static TDelegate Bind<TDelegate>(object owner, string method)
        where TDelegate : Delegate
    {
        Type[] parameters =
            [.. typeof(TDelegate).GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType)];
        return owner.GetType().GetMethod(method, parameters)!.CreateDelegate<TDelegate>(owner);
    }
}
