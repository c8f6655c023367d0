using RnnGen.Numerics.Tests.Harness;
using Xunit.Abstractions;

namespace RnnGen.Numerics.Tests.Training;

/// <summary>Each cell learns to repeat what it saw two steps before: nothing but memory helps.</summary>
public sealed class ConvergenceTests(ITestOutputHelper output)
{
    private const int Delay = 2;
    private const int Steps = 400;

    public static TheoryData<string> Models => ModelCatalog.Names(facts =>
        facts is { IsDouble: false, InputSize: 1, OutputSize: 1 } && facts.ParameterCount > 100);

    [Theory]
    [MemberData(nameof(Models))]
    public void Step_DelayedEcho_IsLearned(string name)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<float> model = TestedModel<float>.Create(facts, seed: 1);
        var options = new TrainingOptions { Optimizer = new Adam { LearningRate = 0.01 }, ClipNorm = 1 };
        using TestedTrainer<float> trainer = model.CreateTrainer(options);
        float before = trainer.Evaluate(Echo(facts, seed: -1));
        for (int step = 0; step < Steps; step++)
        {
            trainer.Step(Echo(facts, step));
        }

        float after = trainer.Evaluate(Echo(facts, seed: -1));
        output.WriteLine($"{name}: {before:g3} before, {after:g3} after");
        Assert.True(after < Tolerances.EchoLoss, $"The loss went from {before} to {after} only.");
    }

    private static Sample<float> Echo(ModelFacts facts, int seed)
    {
        Sample<float> noise = Sample<float>.Draw(facts, BatchKind.Full, seed);
        float[] inputs = noise.Inputs<float>();
        float[] targets = new float[inputs.Length];
        int delay = Delay * facts.Batch;
        inputs.AsSpan(0, inputs.Length - delay).CopyTo(targets.AsSpan(delay));
        return new Sample<float>(facts, noise.Steps, noise.Batch, [], inputs, targets);
    }
}
