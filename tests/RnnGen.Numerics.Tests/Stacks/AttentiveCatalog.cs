using System.Collections.Immutable;
using RnnGen.Kernels;
using RnnGen.Training;
using RnnGen.Weights;

namespace RnnGen.Numerics.Tests.Stacks;

internal delegate double Pass(
    ReadOnlySpan<int> source, ReadOnlySpan<int> targets, ReadOnlySpan<int> sourceLengths,
    ReadOnlySpan<int> targetLengths);

internal delegate void Run(
    ReadOnlySpan<int> source, ReadOnlySpan<int> read, ReadOnlySpan<int> sourceLengths,
    ReadOnlySpan<int> targetLengths, Span<double> outputs);

internal delegate ImmutableArray<Hypothesis> Decode(ReadOnlySpan<int> source, DecodingOptions? options);

internal delegate Hypothesis Score(ReadOnlySpan<int> source, ReadOnlySpan<int> target, DecodingOptions? options);

/// <summary>A decoder with attention, its trainer, and what is called of them.</summary>
internal sealed record Attentive(
    IRecurrentModel<double> Model, ModelTrainer<double> Trainer, Pass Evaluate, Pass Differentiate, Run Forward,
    Decode Decode, Score Score, Func<StreamingDecoder<double>> CreateDecoder)
{
    /// <summary>Weights large enough that rows differ in what they are worth.</summary>
    public void Scale()
    {
        // The second of two biases that are added stays zeros, where the cell's equations have one.
        foreach (TensorMap tensor in Model.Tensors.Where(
            tensor => tensor.Parts.All(part => part.Role == TensorPartRole.Value)))
        {
            Model.SetTensor(
                tensor.Name,
                [.. Model.GetTensor(tensor.Name).Select((value, i) => (2 * value) + (0.05 * ((i % 5) - 2)))]);
        }
    }
}

internal delegate Attentive Make(ulong seed, SimdTarget? target, TrainingOptions? options = null);

/// <summary>Models with each score, above and below recurrent layers.</summary>
internal static class AttentiveCatalog
{
    public static IReadOnlyDictionary<string, Make> All { get; } =
        new Dictionary<string, Make>
        {
            [nameof(DotBefore)] = (seed, target, options) => Of(
                new DotBefore(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
            [nameof(DotAfter)] = (seed, target, options) => Of(
                new DotAfter(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
            [nameof(DotFed)] = (seed, target, options) => Of(
                new DotFed(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
            [nameof(ScaledDotBefore)] = (seed, target, options) => Of(
                new ScaledDotBefore(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
            [nameof(ScaledDotAfter)] = (seed, target, options) => Of(
                new ScaledDotAfter(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
            [nameof(ScaledDotFed)] = (seed, target, options) => Of(
                new ScaledDotFed(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
            [nameof(GeneralBefore)] = (seed, target, options) => Of(
                new GeneralBefore(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
            [nameof(GeneralAfter)] = (seed, target, options) => Of(
                new GeneralAfter(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
            [nameof(GeneralFed)] = (seed, target, options) => Of(
                new GeneralFed(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
            [nameof(AdditiveBefore)] = (seed, target, options) => Of(
                new AdditiveBefore(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
            [nameof(AdditiveFed)] = (seed, target, options) => Of(
                new AdditiveFed(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
            [nameof(Gnmt)] = (seed, target, options) => Of(
                new Gnmt(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
            [nameof(DenseAround)] = (seed, target, options) => Of(
                new DenseAround(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
            [nameof(DenseFed)] = (seed, target, options) => Of(
                new DenseFed(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
            [nameof(ProjectedAround)] = (seed, target, options) => Of(
                new ProjectedAround(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
            [nameof(ContextBelow)] = (seed, target, options) => Of(
                new ContextBelow(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
        };

    /// <summary>Those that are too large for central differences.</summary>
    public static IReadOnlyDictionary<string, Make> Large { get; } =
        new Dictionary<string, Make>
        {
            [nameof(WideAfter)] = (seed, target, options) => Of(
                new WideAfter(seed, target), model => model.CreateTrainer(options),
                trainer => (x, y, from, to) => trainer.Evaluate(x, y, from, to),
                trainer => (x, y, from, to) => trainer.ComputeGradients(x, y, from, to),
                model => (x, read, from, to, outputs) => model.Forward(x, read, from, to, outputs),
                model => model.Decode, model => model.Score, model => model.CreateDecoder()),
        };

    public static Attentive Of<TModel, TTrainer>(
        TModel model, Func<TModel, TTrainer> create, Func<TTrainer, Pass> evaluate,
        Func<TTrainer, Pass> differentiate, Func<TModel, Run> forward, Func<TModel, Decode> decode,
        Func<TModel, Score> score, Func<TModel, StreamingDecoder<double>> decoder)
        where TModel : IRecurrentModel<double>
        where TTrainer : ModelTrainer<double>
    {
        TTrainer trainer = create(model);
        return new Attentive(
            model, trainer, evaluate(trainer), differentiate(trainer), forward(model), decode(model),
            score(model), () => decoder(model));
    }
}
