using System.Numerics;
using RnnGen.Numerics.Tests.Harness;
using RnnGen.Training;

namespace RnnGen.Numerics.Tests.Determinism;

/// <summary>Memory is used again from pass to pass: what a pass left behind must not be seen by the next.</summary>
public sealed class StaleMemoryTests
{
    public static TheoryData<string> Models => ModelCatalog.Names(_ => true);

    [Theory]
    [MemberData(nameof(Models))]
    public void AnyPass_AfterOneFullOfNaN_IsAsInFreshMemory(string name)
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

    private static void Compare<T>(ModelFacts facts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TestedModel<T> model = TestedModel<T>.Create(facts);
        using TestedTrainer<T> fresh = model.CreateTrainer(new TrainingOptions());
        using TestedTrainer<T> used = model.CreateTrainer(new TrainingOptions());
        using StreamState<T>? state = facts.Streams ? model.CreateState() : null;
        Sample<T> full = Sample<T>.Draw(facts, BatchKind.Full, seed: 59);
        foreach (var tensor in model.Tensors)
        {
            model.Set(tensor.Name, [.. Enumerable.Repeat(T.NaN, tensor.Length)]);
        }

        Assert.Contains(model.Forward(full), T.IsNaN);
        Assert.True(T.IsNaN(used.Evaluate(full)));
        Assert.True(T.IsNaN(used.ComputeGradients(full)));
        if (state is not null)
        {
            model.Step(full, 0, 0, state);
        }

        model.Randomize(seed: 61);
        state?.Reset();
        Sample<T> sample = Sample<T>.Draw(facts, BatchKind.Ragged, seed: 67);
        Assert.DoesNotContain(model.Forward(sample), T.IsNaN);
        Assert.Equal(fresh.Evaluate(sample), used.Evaluate(sample));
        Assert.Equal(fresh.ComputeGradients(sample), used.ComputeGradients(sample));
        foreach (var tensor in model.Tensors)
        {
            Assert.Equal(fresh.Gradient(tensor.Name), used.Gradient(tensor.Name));
        }

        if (state is not null)
        {
            Assert.DoesNotContain(model.Step(sample, 0, 0, state).ToArray(), T.IsNaN);
        }
    }
}
