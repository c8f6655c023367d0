using RnnGen.Benchmarks.Cases;
using RnnGen.Kernels;
using RnnGen.Training;

namespace RnnGen.Benchmarks.Peers;

/// <summary>
/// The method that the generator has emitted for a step, with memory of this class: no checks, no spans, and called as
/// <see cref="StepContender{TState}"/> calls a model's own, by a delegate.
/// </summary>
internal sealed unsafe class KernelContender : IContender
{
    private readonly StepFunction _step;
    private readonly ModelRuntime<float> _model;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly Arena<float> _features;
    private readonly Arena<float> _stepWeights;
    private readonly Arena<float> _state;
    private float _sink;

    public KernelContender(ModelKernels<float> kernels, IEnumerable<NamedTensor> tensors, float[] features)
    {
        _step = kernels.Step;
        _model = new ModelRuntime<float>(kernels);
        foreach (NamedTensor tensor in tensors)
        {
            _model.Parameters.Set(tensor.Name, tensor.Values);
        }

        _inputs = kernels.Shape.InputSize;
        _outputs = kernels.Shape.OutputSize;
        _features = new Arena<float>(features.Length);
        features.CopyTo(_features.Span);
        _stepWeights = new Arena<float>(kernels.Shape.StepWeightsLength);
        kernels.PrepareStep(_model.Parameters.Pointer, _stepWeights.Pointer);
        _state = new Arena<float>(kernels.Shape.StateLength);
    }

    private delegate float* StepFunction(float* stepWeights, float* parameters, float* state, float* features);

    public float[] FirstResults()
    {
        var results = new float[CheckedCalls.Steps * _outputs];
        for (int step = 0; step < CheckedCalls.Steps; step++)
        {
            float* features = _features.Pointer + (step * _inputs);
            float* outputs = _step(_stepWeights.Pointer, _model.Parameters.Pointer, _state.Pointer, features);
            new Span<float>(outputs, _outputs).CopyTo(results.AsSpan(step * _outputs));
        }

        return results;
    }

    public void Run(int calls)
    {
        StepFunction step = _step;
        float* stepWeights = _stepWeights.Pointer;
        float* parameters = _model.Parameters.Pointer;
        float* state = _state.Pointer;
        float* features = _features.Pointer;
        int length = _features.Length;
        int inputs = _inputs;
        int at = 0;
        float sum = 0;
        for (int i = 0; i < calls; i++)
        {
            sum += *step(stepWeights, parameters, state, features + at);
            at += inputs;
            at = at == length ? 0 : at;
        }

        Volatile.Write(ref _sink, sum);
    }

    public void Dispose()
    {
    }
}
