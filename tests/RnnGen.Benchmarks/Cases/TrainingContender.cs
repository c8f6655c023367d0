using RnnGen.Training;

namespace RnnGen.Benchmarks.Cases;

/// <summary>RnnGen's training step.</summary>
internal sealed class TrainingContender<TInput, TTarget> : OurContender
    where TInput : unmanaged
    where TTarget : unmanaged
{
    private readonly TInput[] _inputs;
    private readonly TTarget[] _targets;
    private readonly int _sequences;
    private readonly int _threads;
    private readonly Func<TrainingOptions?, SequenceTrainer<float, TInput, TTarget>> _createTrainer;
    private readonly SequenceTrainer<float, TInput, TTarget> _trainer;

    public TrainingContender(BenchmarkCase owner, BenchmarkModel model, TInput[] inputs, TTarget[] targets)
        : base(model)
    {
        _inputs = inputs;
        _targets = targets;
        _sequences = owner.Batch;
        _threads = owner.Threads;
        _createTrainer = model.Bind<Func<TrainingOptions?, SequenceTrainer<float, TInput, TTarget>>>("CreateTrainer");
        _trainer = CreateTrainer(TrainingSettings.LearningRate);
    }

    public override float[] FirstResults()
    {
        using SequenceTrainer<float, TInput, TTarget> trainer = CreateTrainer(TrainingSettings.CheckedLearningRate);
        var losses = new float[CheckedCalls.TrainingSteps];
        for (int step = 0; step < losses.Length; step++)
        {
            losses[step] = trainer.Step(_inputs, _targets, _sequences);
        }

        return losses;
    }

    public override void Run(int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            _trainer.Step(_inputs, _targets, _sequences);
        }
    }

    public override void Dispose() => _trainer.Dispose();

    private SequenceTrainer<float, TInput, TTarget> CreateTrainer(double learningRate) =>
        _createTrainer(TrainingSettings.Options(learningRate, _threads));
}
