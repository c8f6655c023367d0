using RnnGen.Training;

namespace RnnGen.Benchmarks.Cases;

/// <summary>RnnGen's streaming step.</summary>
internal sealed class StepContender<TState> : OurContender
    where TState : StreamState<float>
{
    private readonly float[] _features;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly TState _state;
    private readonly StepFunction _step;
    private float _sink;

    public StepContender(BenchmarkCase owner, IStreamedModel<TState> model)
        : base(model)
    {
        _features = owner.Data.Features;
        _inputs = owner.Network.Inputs;
        _outputs = owner.Network.Outputs;
        _state = model.CreateState();
        // Bound to the class's own method: a call costs what a user's call costs, and no look-up of an interface.
        _step = model.Step;
    }

    private delegate ReadOnlySpan<float> StepFunction(ReadOnlySpan<float> features, TState state);

    public override float[] FirstResults()
    {
        _state.Reset();
        var results = new float[CheckedCalls.Steps * _outputs];
        for (int step = 0; step < CheckedCalls.Steps; step++)
        {
            _step(_features.AsSpan(step * _inputs, _inputs), _state).CopyTo(results.AsSpan(step * _outputs));
        }

        return results;
    }

    public override void Run(int calls)
    {
        ReadOnlySpan<float> features = _features;
        TState state = _state;
        StepFunction step = _step;
        int inputs = _inputs;
        int at = 0;
        float sum = 0;
        for (int i = 0; i < calls; i++)
        {
            sum += step(features.Slice(at, inputs), state)[0];
            at += inputs;
            at = at == features.Length ? 0 : at;
        }

        _sink += sum;
    }

    public override void Dispose() => _state.Dispose();
}
