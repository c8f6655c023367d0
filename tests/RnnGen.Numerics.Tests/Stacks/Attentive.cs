using System.Collections.Immutable;
using System.Reflection;
using RnnGen.Kernels;
using RnnGen.Training;
using RnnGen.Weights;

namespace RnnGen.Numerics.Tests.Stacks;

/// <summary>
/// An encoder–decoder that reads and writes tokens, and a trainer of it: whatever its class, what the generator has
/// added is called in one way.
/// </summary>
internal sealed class Attentive
{
    private readonly ForwardCall _forward;
    private readonly PlainForwardCall _plainForward;
    private readonly LossCall _evaluate;
    private readonly LossCall _differentiate;
    private readonly LossCall _step;
    private readonly DecodeCall _decode;
    private readonly ScoreCall _score;
    private readonly Func<StreamingDecoder<double>> _createDecoder;

    private Attentive(object model, TrainingOptions? options)
    {
        Model = (IRecurrentModel<double>)model;
        Trainer = Bind<Func<TrainingOptions?, ModelTrainer<double>>>(model, "CreateTrainer")(options);
        _plainForward = Find<PlainForwardCall>(model, "Forward")!;
        _forward = Find<ForwardCall>(model, "Forward")!;
        _evaluate = Bind<LossCall>(Trainer, "Evaluate");
        _differentiate = Bind<LossCall>(Trainer, "ComputeGradients");
        _step = Bind<LossCall>(Trainer, "Step");
        _decode = Bind<DecodeCall>(model, "Decode");
        _score = Bind<ScoreCall>(model, "Score");
        _createDecoder = Bind<Func<StreamingDecoder<double>>>(model, "CreateDecoder");
    }

    private delegate void PlainForwardCall(
        ReadOnlySpan<int> source, ReadOnlySpan<int> read, ReadOnlySpan<int> sourceLengths,
        ReadOnlySpan<int> targetLengths, Span<double> outputs, RecurrentStates<double>? initial,
        RecurrentStates<double>? final, SequenceOrder order);

    private delegate void ForwardCall(
        ReadOnlySpan<int> source, ReadOnlySpan<int> read, ReadOnlySpan<int> sourceLengths,
        ReadOnlySpan<int> targetLengths, Span<double> outputs, RecurrentStates<double>? initial,
        RecurrentStates<double>? final, SequenceOrder order, Span<ImmutableArray<AttentionMatrix>> attention);

    private delegate double LossCall(
        ReadOnlySpan<int> source, ReadOnlySpan<int> targets, ReadOnlySpan<int> sourceLengths,
        ReadOnlySpan<int> targetLengths, RecurrentStates<double>? initial, RecurrentStates<double>? final,
        SequenceOrder order);

    private delegate ImmutableArray<Hypothesis> DecodeCall(ReadOnlySpan<int> source, DecodingOptions? options);

    private delegate Hypothesis ScoreCall(
        ReadOnlySpan<int> source, ReadOnlySpan<int> target, DecodingOptions? options);

    public IRecurrentModel<double> Model { get; }

    public ModelTrainer<double> Trainer { get; }

    /// <summary>A new model of a class.</summary>
    public static Attentive Create(Type type, ulong seed, SimdTarget? target, TrainingOptions? options = null) =>
        new(Activator.CreateInstance(type, seed, target)!, options);

    /// <summary>A model of a class with a file's weights.</summary>
    public static Attentive Load(Type type, string path, SimdTarget? target) => new(
        type.GetMethod("Load", [typeof(string), typeof(SimdTarget?), typeof(LoadOptions)])!
            .Invoke(null, [path, target, null])!,
        options: null);

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

    public void Forward(
        ReadOnlySpan<int> source, ReadOnlySpan<int> read, ReadOnlySpan<int> sourceLengths,
        ReadOnlySpan<int> targetLengths, Span<double> outputs,
        Span<ImmutableArray<AttentionMatrix>> attention = default)
    {
        if (_forward is null)
        {
            _plainForward(source, read, sourceLengths, targetLengths, outputs, null, null, SequenceOrder.TimeMajor);
            return;
        }

        _forward(
            source, read, sourceLengths, targetLengths, outputs, null, null, SequenceOrder.TimeMajor, attention);
    }

    public double Evaluate(
        ReadOnlySpan<int> source, ReadOnlySpan<int> targets, ReadOnlySpan<int> sourceLengths,
        ReadOnlySpan<int> targetLengths) =>
        _evaluate(source, targets, sourceLengths, targetLengths, null, null, SequenceOrder.TimeMajor);

    public double Differentiate(
        ReadOnlySpan<int> source, ReadOnlySpan<int> targets, ReadOnlySpan<int> sourceLengths,
        ReadOnlySpan<int> targetLengths) =>
        _differentiate(source, targets, sourceLengths, targetLengths, null, null, SequenceOrder.TimeMajor);

    public double Step(
        ReadOnlySpan<int> source, ReadOnlySpan<int> targets, ReadOnlySpan<int> sourceLengths,
        ReadOnlySpan<int> targetLengths) =>
        _step(source, targets, sourceLengths, targetLengths, null, null, SequenceOrder.TimeMajor);

    public ImmutableArray<Hypothesis> Decode(ReadOnlySpan<int> source, DecodingOptions? options) =>
        _decode(source, options);

    public Hypothesis Score(ReadOnlySpan<int> source, ReadOnlySpan<int> target, DecodingOptions? options = null) =>
        _score(source, target, options);

    public StreamingDecoder<double> CreateDecoder() => _createDecoder();

    private static TDelegate Bind<TDelegate>(object owner, string method)
        where TDelegate : Delegate => Find<TDelegate>(owner, method)
        ?? throw new MissingMethodException(owner.GetType().Name, method);

    private static TDelegate? Find<TDelegate>(object owner, string method)
        where TDelegate : Delegate
    {
        ParameterInfo[] parameters = typeof(TDelegate).GetMethod("Invoke")!.GetParameters();
        return owner.GetType().GetMethod(method, [.. parameters.Select(parameter => parameter.ParameterType)])
            ?.CreateDelegate<TDelegate>(owner);
    }
}
