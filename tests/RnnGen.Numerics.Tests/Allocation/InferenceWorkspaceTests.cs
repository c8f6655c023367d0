using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Harness;
using RnnGen.Training;

namespace RnnGen.Numerics.Tests.Allocation;

/// <summary>A forward pass alone needs less memory than training: what it may use is all that it touches.</summary>
public sealed unsafe class InferenceWorkspaceTests
{
    public static TheoryData<string, SimdTarget> Declared => ModelCatalog.OnEveryTarget(ModelCatalog.Declared);

    public static TheoryData<string, SimdTarget> Recurrent => ModelCatalog.OnEveryTarget(facts => facts.IsRecurrent);

    [Theory]
    [MemberData(nameof(Declared))]
    public void Forward_BetweenCanaries_TouchesItsOwnNumbersAlone(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        if (facts.IsDouble)
        {
            CheckBetweenCanaries<double>(facts, target);
        }
        else
        {
            CheckBetweenCanaries<float>(facts, target);
        }
    }

    // Gradients of the recurrent rows are what training has more.
    [Theory]
    [MemberData(nameof(Recurrent))]
    public void Workspace_OfARecurrentModel_IsSmallerForInference(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        ModelShape shape = facts.IsDouble
            ? TestedModel<double>.Create(facts, target).Runtime.Shape
            : TestedModel<float>.Create(facts, target).Runtime.Shape;
        int smallestGradient = shape.Steps * shape.Batch * shape.States.Min(state => state.Size);
        Assert.InRange(shape.InferenceWorkspaceLength, 1, shape.WorkspaceLength - smallestGradient);
    }

    // Canaries are NaN: they would be seen in the outputs if anything read them.
    private static void CheckBetweenCanaries<T>(ModelFacts facts, SimdTarget target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TestedModel<T> model = TestedModel<T>.Create(facts, target);
        model.Randomize(seed: 5);
        ModelShape shape = model.Runtime.Shape;
        int before = Arena<T>.Alignment;
        int end = before + shape.InferenceWorkspaceLength;
        var memory = new Arena<T>(before + shape.WorkspaceLength + Arena<T>.Alignment);
        var whole = new Arena<T>(shape.WorkspaceLength);
        foreach (BatchKind kind in Enum.GetValues<BatchKind>())
        {
            Sample<T> sample = Sample<T>.Draw(facts, kind, seed: 23);
            memory.Span[..before].Fill(T.NaN);
            memory.Span[before..end].Clear();
            memory.Span[end..].Fill(T.NaN);
            whole.Span.Clear();
            T[] outputs = Run(model, sample, memory.Pointer + before);
            Assert.DoesNotContain(outputs, T.IsNaN);
            Assert.Equal(Run(model, sample, whole.Pointer), outputs);
            Assert.Equal(model.Forward(sample), outputs);
            Assert.False(memory.Span[..before].ContainsAnyExcept(T.NaN), "numbers in front were written");
            Assert.False(memory.Span[end..].ContainsAnyExcept(T.NaN), "numbers behind were written");
        }

        GC.KeepAlive(memory);
        GC.KeepAlive(whole);
    }

    private static T[] Run<T>(TestedModel<T> model, Sample<T> sample, T* workspace)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelRuntime<T> runtime = model.Runtime;
        var outputs = new T[sample.OutputRows * model.Facts.OutputSize];
        int[] lengths = [.. Enumerable.Range(0, sample.Batch).Select(sample.LengthOf)];
        var batch = new PackedBatch<T>(runtime.Shape);
        if (model.Facts.Vocabulary > 0)
        {
            batch.Pack<int>(sample.Inputs<int>(), lengths, outputs.Length);
        }
        else
        {
            batch.Pack<T>(sample.Inputs<T>(), lengths, outputs.Length);
        }

        var pass = new Pass<T> { Parameters = runtime.Parameters.Pointer, Workspace = workspace };
        batch.Describe(ref pass);
        foreach (StateBuffer state in runtime.Shape.States.Where(state => state.LearnedOffset is not null))
        {
            for (int i = 0; i < batch.Batch; i++)
            {
                new Span<T>(pass.Parameters + state.LearnedOffset!.Value, state.Size).CopyTo(
                    new Span<T>(workspace + state.Offset + (i * state.Stride), state.Size));
            }
        }

        runtime.Kernels.Forward(in pass, WorkerTeam.Single, 0);
        batch.Unpack(workspace + runtime.Shape.Outputs[0].Offset, outputs);
        GC.KeepAlive(model);
        return outputs;
    }
}
