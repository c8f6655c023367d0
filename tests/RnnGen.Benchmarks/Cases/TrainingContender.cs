using RnnGen.Training;

namespace RnnGen.Benchmarks.Cases;

/// <summary>RnnGen's training step.</summary>
internal sealed class TrainingContender<TTrainer, TInput, TTarget>(
    ITrainedModel<TTrainer> model, TInput[] inputs, TTarget[] targets, int threads) : OurContender(model)
    where TTrainer : SequenceTrainer<float, TInput, TTarget>
    where TInput : unmanaged
    where TTarget : unmanaged
{
    private readonly TTrainer _trainer = model.CreateTrainer(Options(TrainingSettings.LearningRate, threads));

    public override float[] FirstResults()
    {
        using TTrainer trainer = model.CreateTrainer(Options(TrainingSettings.CheckedLearningRate, threads));
        var losses = new float[CheckedCalls.TrainingSteps];
        for (int step = 0; step < losses.Length; step++)
        {
            losses[step] = trainer.Step(inputs, targets);
        }

        return losses;
    }

    public override void Run(int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            _trainer.Step(inputs, targets);
        }
    }

    public override void Dispose() => _trainer.Dispose();

    private static TrainingOptions Options(double learningRate, int threads) => new()
    {
        Optimizer = new Adam { LearningRate = learningRate },
        ClipNorm = TrainingSettings.ClipNorm,
        Threads = threads,
    };
}
