using RnnGen.Numerics.Tests.Harness;
using RnnGen.Training;

namespace RnnGen.Numerics.Tests.Allocation;

/// <summary>Nothing is allocated once the first calls are over.</summary>
public sealed class AllocationTests
{
    // The runtime replaces the first, unoptimised code of a method in the background, after 30 calls and a while; that
    // code may put numbers in boxes where the final one does not.
    private const int Attempts = 60;
    private const int CallsPerAttempt = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static TheoryData<string> Models => ModelCatalog.Names(facts => !facts.IsDouble);

    public static TheoryData<string> Streaming => ModelCatalog.Names(facts => facts.Streams && !facts.IsDouble);

    [Theory]
    [MemberData(nameof(Models))]
    public void TrainerStepEvaluateAndForward_ChangingBatches_AllocateNothing(string name)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<float> model = TestedModel<float>.Create(facts);
        foreach (int threads in (int[])[1, 2])
        {
            var options = new TrainingOptions { Threads = threads, ClipNorm = 1, CarryState = false };
            using TestedTrainer<float> trainer = model.CreateTrainer(options);
            Sample<float>[] samples =
                [.. Enum.GetValues<BatchKind>().Select(kind => Sample<float>.Draw(facts, kind, seed: 5))];
            float[][] outputs = [.. samples.Select(model.Forward)];
            int turn = 0;
            AssertNothingAllocated(() => trainer.Step(samples[turn++ % samples.Length]));
            AssertNothingAllocated(() => trainer.Evaluate(samples[turn++ % samples.Length]));
            AssertNothingAllocated(() => trainer.ComputeGradients(samples[turn++ % samples.Length]));
            AssertNothingAllocated(() =>
            {
                int next = turn++ % samples.Length;
                model.Forward(samples[next], outputs[next]);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void TrainerAndForward_WithStates_AllocateNothing(string name)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<float> model = TestedModel<float>.Create(facts);
        using TestedTrainer<float> trainer = model.CreateTrainer(new TrainingOptions { ClipNorm = 1 });
        Sample<float>[] samples =
            [.. Enum.GetValues<BatchKind>().Select(kind => Sample<float>.Draw(facts, kind, seed: 5))];
        float[][] outputs = [.. samples.Select(model.Forward)];
        RecurrentStates<float>[] states = [.. samples.Select(sample => model.CreateStates(sample.Batch))];
        int turn = 0;
        void Repeat(Action<int> call) => AssertNothingAllocated(() => call(turn++ % samples.Length));
        Repeat(i => trainer.Step(samples[i], states[i], states[i]));
        Repeat(i => trainer.Evaluate(samples[i], states[i], states[i]));
        Repeat(i => trainer.ComputeGradients(samples[i], states[i], states[i]));
        Repeat(i => model.Forward(samples[i], outputs[i], states[i], states[i]));
        Repeat(i => states[i].Clear());
    }

    [Theory]
    [MemberData(nameof(Streaming))]
    public void ModelStep_EveryStreamingModel_AllocatesNothing(string name)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<float> model = TestedModel<float>.Create(facts);
        Sample<float> sample = Sample<float>.Draw(facts, BatchKind.Full, seed: 5);
        using StreamState<float> state = model.CreateState();
        int turn = 0;
        AssertNothingAllocated(() => model.Step(sample, turn++ % sample.Steps, 0, state));
        AssertNothingAllocated(state.Reset);
        RecurrentStates<float> states = model.CreateStates(1);
        AssertNothingAllocated(() => states.CopyTo(state));
        AssertNothingAllocated(() => states.CopyFrom(state));
    }

    private static void AssertNothingAllocated(Action action)
    {
        long bytes = 0;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int call = 0; call < CallsPerAttempt; call++)
            {
                action();
            }

            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (bytes == 0)
            {
                return;
            }

            Thread.Sleep(Pause);
        }

        Assert.Fail($"{CallsPerAttempt} calls allocated {bytes} bytes.");
    }
}
