using System.Numerics;
using RnnGen.Numerics.Tests.Harness;

namespace RnnGen.Numerics.Tests.Determinism;

/// <summary>One seed gives the same weights, bit for bit, at any number of threads.</summary>
public sealed class DeterminismTests
{
    private const int Steps = 6;

    // Large enough for a batch to be worth several threads: the trainer leaves small ones to the caller's alone.
    public static TheoryData<string> Models => ModelCatalog.Names(facts => facts.ParameterCount > 15_000);

    [Theory]
    [MemberData(nameof(Models))]
    public void Step_AnyNumberOfThreads_GivesTheSameWeights(string name)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        if (facts.IsDouble)
        {
            Compare<double>(facts);
        }
        else
        {
            Compare<float>(facts);
        }
    }

    // Outside of training rows lie where others have lain before: no worker may be ahead of another by more than
    // barriers allow.
    [Theory]
    [MemberData(nameof(Models))]
    public void Evaluate_AnyNumberOfThreads_GivesTheLossOfOne(string name)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        if (facts.IsDouble)
        {
            CompareLosses<double>(facts);
        }
        else
        {
            CompareLosses<float>(facts);
        }
    }

    private static void CompareLosses<T>(ModelFacts facts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TestedModel<T> model = TestedModel<T>.Create(facts, seed: 1);
        Sample<T>[] samples = [.. Enum.GetValues<BatchKind>().Select((kind, i) => Sample<T>.Draw(facts, kind, i))];
        T[] Losses(int threads)
        {
            using TestedTrainer<T> trainer = model.CreateTrainer(new TrainingOptions { Threads = threads });
            return [.. Enumerable.Range(0, 20).SelectMany(_ => samples.Select(trainer.Evaluate))];
        }

        T[] expected = Losses(1);
        Assert.All(expected, loss => Assert.True(T.IsFinite(loss)));
        foreach (int threads in (int[])[2, 3, 4])
        {
            Assert.Equal(expected, Losses(threads));
        }
    }

    private static void Compare<T>(ModelFacts facts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] expected = Train<T>(facts, threads: 1, modelSeed: 1, trainingSeed: 2);
        Assert.All(expected, weight => Assert.True(T.IsFinite(weight)));
        foreach (int threads in (int[])[1, 2, 3, 4])
        {
            Assert.Equal(expected, Train<T>(facts, threads, modelSeed: 1, trainingSeed: 2));
        }

        Assert.NotEqual(expected, Train<T>(facts, threads: 1, modelSeed: 9, trainingSeed: 2));
        if (facts.HasDropout)
        {
            Assert.NotEqual(expected, Train<T>(facts, threads: 1, modelSeed: 1, trainingSeed: 9));
        }
    }

    private static T[] Train<T>(ModelFacts facts, int threads, ulong modelSeed, ulong trainingSeed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TestedModel<T> model = TestedModel<T>.Create(facts, seed: modelSeed);
        var options = new TrainingOptions
        {
            Optimizer = new Adam { LearningRate = 0.01 },
            ClipNorm = 0.5,
            Threads = threads,
            Seed = trainingSeed,
        };
        using TestedTrainer<T> trainer = model.CreateTrainer(options);
        var losses = new T[Steps];
        for (int step = 0; step < Steps; step++)
        {
            BatchKind kind = step % 3 == 0 ? BatchKind.Full : step % 3 == 1 ? BatchKind.Ragged : BatchKind.Short;
            losses[step] = trainer.Step(Sample<T>.Draw(facts, kind, step));
        }

        return [.. losses, .. model.Weights()];
    }
}
