using RnnGen.Training;

namespace RnnGen.Benchmarks.Cases;

/// <summary>RnnGen's streaming step.</summary>
internal static class StepContender
{
    public static OurContender Create(BenchmarkCase owner)
    {
        Type state = owner.Model.GetMethod("CreateState")!.ReturnType;
        Type contender = typeof(StepContender<>).MakeGenericType(state);
        return (OurContender)Activator.CreateInstance(contender, owner, new BenchmarkModel(owner.Model))!;
    }
}

/// <summary>RnnGen's streaming step over one class of states.</summary>
internal sealed class StepContender<TState> : OurContender
    where TState : StreamState<float>
{
    private readonly float[] _features;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly TState _state;
    private readonly StepFunction _step;
    private float _sink;

    public StepContender(BenchmarkCase owner, BenchmarkModel model)
        : base(model)
    {
        _features = owner.Data.Features;
        _inputs = owner.Network.Inputs;
        _outputs = owner.Network.Outputs;
        _state = model.Bind<Func<TState>>("CreateState")();
        _step = model.Bind<StepFunction>("Step");
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

        Volatile.Write(ref _sink, sum);
    }

    public override void Dispose() => _state.Dispose();
}
