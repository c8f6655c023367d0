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
            [nameof(DotBefore)] = (seed, target) => Of(
                new DotBefore(seed, target), model => model.CreateTrainer(),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to)),
            [nameof(DotAfter)] = (seed, target) => Of(
                new DotAfter(seed, target), model => model.CreateTrainer(),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to)),
            [nameof(DotFed)] = (seed, target) => Of(
                new DotFed(seed, target), model => model.CreateTrainer(),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to)),
            [nameof(ScaledDotBefore)] = (seed, target) => Of(
                new ScaledDotBefore(seed, target), model => model.CreateTrainer(),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to)),
            [nameof(ScaledDotAfter)] = (seed, target) => Of(
                new ScaledDotAfter(seed, target), model => model.CreateTrainer(),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to)),
            [nameof(ScaledDotFed)] = (seed, target) => Of(
                new ScaledDotFed(seed, target), model => model.CreateTrainer(),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to)),
            [nameof(GeneralBefore)] = (seed, target) => Of(
                new GeneralBefore(seed, target), model => model.CreateTrainer(),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to)),
            [nameof(GeneralAfter)] = (seed, target) => Of(
                new GeneralAfter(seed, target), model => model.CreateTrainer(),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to)),
            [nameof(GeneralFed)] = (seed, target) => Of(
                new GeneralFed(seed, target), model => model.CreateTrainer(),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to)),
            [nameof(AdditiveBefore)] = (seed, target) => Of(
                new AdditiveBefore(seed, target), model => model.CreateTrainer(),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to)),
            [nameof(Gnmt)] = (seed, target) => Of(
                new Gnmt(seed, target), model => model.CreateTrainer(),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to)),
            [nameof(AdditiveFed)] = (seed, target) => Of(
                new AdditiveFed(seed, target), model => model.CreateTrainer(),
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
