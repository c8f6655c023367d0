using RnnGen.Kernels;
using RnnGen.Training;
using RnnGen.Weights;

namespace RnnGen.Numerics.Tests.Stacks;

internal delegate double Pass(
    ReadOnlySpan<int> source, ReadOnlySpan<int> targets, ReadOnlySpan<int> sourceLengths,
    ReadOnlySpan<int> targetLengths);

/// <summary>A decoder with attention, its trainer, and what is called of them.</summary>
internal sealed record Attentive(
    IRecurrentModel<double> Model, ModelTrainer<double> Trainer, Pass Evaluate, Pass Differentiate)
{
    /// <summary>Weights large enough that rows differ in what they are worth.</summary>
    public void Scale()
    {
        foreach (TensorMap tensor in Model.Tensors)
        {
            Model.SetTensor(
                tensor.Name,
                [.. Model.GetTensor(tensor.Name).Select((value, i) => (2 * value) + (0.05 * ((i % 5) - 2)))]);
        }
    }
}

/// <summary>All models with attention.</summary>
internal static class AttentiveCatalog
{
    public static IReadOnlyDictionary<string, Func<ulong, SimdTarget?, Attentive>> All { get; } =
        new Dictionary<string, Func<ulong, SimdTarget?, Attentive>>
        {
            [nameof(AdditiveBefore)] = (seed, target) => Of(
                new AdditiveBefore(seed, target), model => model.CreateTrainer(),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to)),
            [nameof(GeneralAfter)] = (seed, target) => Of(
                new GeneralAfter(seed, target), model => model.CreateTrainer(),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to)),
            [nameof(DotFed)] = (seed, target) => Of(
                new DotFed(seed, target), model => model.CreateTrainer(),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to)),
        };

    private static Attentive Of<TModel, TTrainer>(
        TModel model, Func<TModel, TTrainer> create, Func<TTrainer, Pass> evaluate, Func<TTrainer, Pass> differentiate)
        where TModel : IRecurrentModel<double>
        where TTrainer : ModelTrainer<double>
    {
        TTrainer trainer = create(model);
        return new Attentive(model, trainer, evaluate(trainer), differentiate(trainer));
    }
}
