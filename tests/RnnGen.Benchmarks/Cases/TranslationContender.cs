using RnnGen.Training;

namespace RnnGen.Benchmarks.Cases;

/// <summary>RnnGen's training step of an encoder and its decoder.</summary>
internal sealed class TranslationContender : OurContender
{
    private readonly BenchmarkModel _model;
    private readonly int[] _source;
    private readonly int[] _targets;
    private readonly int _sequences;
    private readonly int _threads;
    private readonly ModelTrainer<float> _trainer;
    private readonly StepFunction _step;

    public TranslationContender(BenchmarkCase owner, BenchmarkModel model)
        : base(model)
    {
        _model = model;
        _source = owner.Data.Tokens;
        _targets = owner.Data.Classes;
        _sequences = owner.Batch;
        _threads = owner.Threads;
        (_trainer, _step) = CreateTrainer(TrainingSettings.LearningRate);
    }

    private delegate float StepFunction(
        ReadOnlySpan<int> source,
        ReadOnlySpan<int> targets,
        int sequences,
        RecurrentStates<float>? initial,
        RecurrentStates<float>? final,
        SequenceOrder order);

    public override float[] FirstResults()
    {
        (ModelTrainer<float> trainer, StepFunction step) = CreateTrainer(TrainingSettings.CheckedLearningRate);
        using (trainer)
        {
            var losses = new float[CheckedCalls.TrainingSteps];
            for (int i = 0; i < losses.Length; i++)
            {
                losses[i] = Step(step);
            }

            return losses;
        }
    }

    public override void Run(int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            Step(_step);
        }
    }

    public override void Dispose() => _trainer.Dispose();

    private float Step(StepFunction step) =>
        step(_source, _targets, _sequences, initial: null, final: null, SequenceOrder.TimeMajor);

    private (ModelTrainer<float> Trainer, StepFunction Step) CreateTrainer(double learningRate)
    {
        ModelTrainer<float> trainer = _model.Bind<Func<TrainingOptions?, ModelTrainer<float>>>("CreateTrainer")(
            TrainingSettings.Options(learningRate, _threads));
        return (trainer, BenchmarkModel.Bind<StepFunction>(trainer, "Step"));
    }
}
