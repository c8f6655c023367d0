using System.Collections.Immutable;
using System.Numerics;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using RnnGen.Training;
using RnnGen.Weights;

namespace RnnGen.Numerics.Tests.Harness;

/// <summary>The members that the generator added to a class, as delegates: calling them allocates nothing.</summary>
public sealed class GeneratedModel<T, TInput, TTarget, TState> : TestedModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInput : unmanaged
    where TTarget : unmanaged
    where TState : StreamState<T>
{
    private readonly Func<ImmutableArray<TensorMap>> _tensors;
    private readonly Func<string, T[]> _get;
    private readonly SetTensor _set;
    private readonly Action<string> _save;
    private readonly ForwardPass _forward;
    private readonly EqualForwardPass _forwardEqual;
    private readonly StatesForwardPass _forwardStates;
    private readonly EqualStatesForwardPass _forwardEqualStates;
    private readonly Func<int, RecurrentStates<T>> _createStates;
    private readonly Func<TrainingOptions?, SequenceTrainer<T, TInput, TTarget>> _createTrainer;
    private readonly StepToken? _stepToken;
    private readonly StepFeatures? _stepFeatures;
    private readonly object _model;

    public GeneratedModel(ModelFacts facts, object model)
        : base(facts)
    {
        _model = model;
        _tensors = facts.Type.GetProperty("Tensors")!.GetMethod!.CreateDelegate<Func<ImmutableArray<TensorMap>>>(model);
        _get = facts.Type.GetMethod("GetTensor")!.CreateDelegate<Func<string, T[]>>(model);
        _set = facts.Type.GetMethod("SetTensor")!.CreateDelegate<SetTensor>(model);
        _save = facts.Type.GetMethod("Save", [typeof(string)])!.CreateDelegate<Action<string>>(model);
        _forward = facts.ForwardMethod(typeof(TInput), typeof(ReadOnlySpan<int>)).CreateDelegate<ForwardPass>(model);
        _forwardEqual = facts.ForwardMethod(typeof(TInput), typeof(int)).CreateDelegate<EqualForwardPass>(model);
        _forwardStates = facts.ForwardMethod(typeof(TInput), typeof(ReadOnlySpan<int>), takesStates: true)
            .CreateDelegate<StatesForwardPass>(model);
        _forwardEqualStates = facts.ForwardMethod(typeof(TInput), typeof(int), takesStates: true)
            .CreateDelegate<EqualStatesForwardPass>(model);
        _createStates = facts.Type.GetMethod("CreateStates")!.CreateDelegate<Func<int, RecurrentStates<T>>>(model);
        _createTrainer = facts.Type.GetMethod("CreateTrainer")!
            .CreateDelegate<Func<TrainingOptions?, SequenceTrainer<T, TInput, TTarget>>>(model);
        _stepToken = facts.Vocabulary > 0 ? facts.StepMethod.CreateDelegate<StepToken>(model) : null;
        _stepFeatures = facts.Vocabulary > 0 ? null : facts.StepMethod.CreateDelegate<StepFeatures>(model);
    }

    private delegate void SetTensor(string name, ReadOnlySpan<T> values);

    private delegate void ForwardPass(ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, Span<T> outputs);

    private delegate void EqualForwardPass(ReadOnlySpan<TInput> inputs, int sequences, Span<T> outputs);

    private delegate void StatesForwardPass(
        ReadOnlySpan<TInput> inputs,
        ReadOnlySpan<int> lengths,
        Span<T> outputs,
        RecurrentStates<T>? initial,
        RecurrentStates<T>? final);

    private delegate void EqualStatesForwardPass(
        ReadOnlySpan<TInput> inputs,
        int sequences,
        Span<T> outputs,
        RecurrentStates<T>? initial,
        RecurrentStates<T>? final);

    private delegate ReadOnlySpan<T> StepToken(int token, TState state);

    private delegate ReadOnlySpan<T> StepFeatures(ReadOnlySpan<T> features, TState state);

    public override ModelRuntime<T> Runtime => (ModelRuntime<T>)Facts.Type
        .GetField("_runtime", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(_model)!;

    public override ImmutableArray<TensorMap> Tensors => _tensors();

    public override T[] Get(string tensor) => _get(tensor);

    public override void Set(string tensor, ReadOnlySpan<T> values) => _set(tensor, values);

    public override void Save(string path) => _save(path);

    public override void Forward(Sample<T> sample, Span<T> outputs)
    {
        if (sample.Lengths.Length == 0)
        {
            _forwardEqual(sample.Inputs<TInput>(), sample.Batch, outputs);
        }
        else
        {
            _forward(sample.Inputs<TInput>(), sample.Lengths, outputs);
        }
    }

    public override void Forward(ReadOnlySpan<byte> inputs, ReadOnlySpan<int> lengths, Span<T> outputs) =>
        _forward(MemoryMarshal.Cast<byte, TInput>(inputs), lengths, outputs);

    public override void Forward(
        Sample<T> sample, Span<T> outputs, RecurrentStates<T>? initial, RecurrentStates<T>? final)
    {
        if (sample.Lengths.Length == 0)
        {
            _forwardEqualStates(sample.Inputs<TInput>(), sample.Batch, outputs, initial, final);
        }
        else
        {
            _forwardStates(sample.Inputs<TInput>(), sample.Lengths, outputs, initial, final);
        }
    }

    public override RecurrentStates<T> CreateStates(int sequences) => _createStates(sequences);

    public override StreamState<T> CreateState()
    {
        try
        {
            return (StreamState<T>)Facts.CreateStateMethod.Invoke(_model, null)!;
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }

    public override ReadOnlySpan<T> Step(Sample<T> sample, int step, int sequence, StreamState<T> state) =>
        _stepToken is not null
            ? _stepToken(sample.TokenAt(step, sequence), (TState)state)
            : _stepFeatures!(sample.FeaturesAt(step, sequence), (TState)state);

    public override ReadOnlySpan<T> Step(ReadOnlySpan<T> features, StreamState<T> state) =>
        _stepFeatures!(features, (TState)state);

    public override TestedTrainer<T> CreateTrainer(TrainingOptions options) =>
        new GeneratedTrainer<T, TInput, TTarget>(_createTrainer(options));
}
