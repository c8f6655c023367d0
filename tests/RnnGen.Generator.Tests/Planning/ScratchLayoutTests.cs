using System.Text.RegularExpressions;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Tests.Planning;

/// <summary>Outside of training rows lie where others have lain before, and nobody needs those any more.</summary>
public sealed partial class ScratchLayoutTests
{
    public static TheoryData<string> Models
    {
        get
        {
            TheoryData<string> models = LayerContractTests.Models;
            models.AddRange(
                "EncoderDecoder, Encoder, Embedding(9, 4), Lstm(5, Layers = 2, Dropout = 0.2f), Decoder, "
                    + "Embedding(7, 3), Lstm(5, Layers = 2), Dropout(0.1f), Dense(7), CrossEntropy",
                "EncoderDecoder, Encoder, Input(3), Dense(4), Gru(17, Bidirectional = true), Decoder, Input(2), "
                    + "Gru(17, Bidirectional = true), Concatenate(\"input\"), Dense(9), Mean, Dense(2), "
                    + "MeanSquaredError");
            return models;
        }
    }

    // What an operation does not say that it reads would be overwritten under its hands.
    [Theory]
    [MemberData(nameof(Models))]
    public void Places_OfEveryOperation_AreAllThatItsMethodsName(string layers)
    {
        ModelPlan model = LayerContractTests.Plan(layers);
        foreach (TargetPlan plan in model.Targets)
        {
            string text = KernelsEmitter.Emit(model, plan).Single(file => file.Part == ".Forward").Text;
            string[] methods = text.Split("private static void ");
            HashSet<string> scratch =
                [.. plan.Scratch.Offsets.Where(place => !place.IsDistance).Select(place => place.Name)];
            var found = new HashSet<string>();
            foreach (string method in methods.Skip(1))
            {
                string name = Name().Match(method).Value;
                PassOperation? operation = Operations(plan)
                    .Where(operation => name.StartsWith(operation.Method, StringComparison.Ordinal))
                    .MaxBy(operation => operation.Method.Length);
                string[] used = [.. Word().Matches(method).Select(word => word.Value).Where(scratch.Contains)];
                HashSet<string> said = [.. operation?.Places.Select(place => place.Name) ?? []];
                Offences.AssertNone(used.Where(place => !said.Contains(place))
                    .Select(place => $"{plan.Target.Name}: {name} reads or writes {place}, and does not say so."));
                found.UnionWith(used);
            }

            Assert.Equal(scratch.Order(), found.Order());
        }
    }

    // The tests below ask for barriers of the plan: those are the emitted ones.
    [Theory]
    [MemberData(nameof(Models))]
    public void Barriers_OfAForwardPass_AreTheEmittedOnes(string layers)
    {
        ModelPlan model = LayerContractTests.Plan(layers);
        foreach (TargetPlan plan in model.Targets)
        {
            string text = KernelsEmitter.Emit(model, plan).Single(file => file.Part.Length == 0).Text;
            string driver = text.Split("public override void Forward(")[1].Split("public override")[0];
            string[] parts = driver.Split("team.Barrier(worker);");
            int[] barriers = [.. Barriers.Before(plan.Forward)];
            Assert.Equal(parts.Length - 1, barriers[^1]);
            for (int i = 0; i < barriers.Length; i++)
            {
                Assert.Contains($" {plan.Forward[i].Method}(", parts[barriers[i]], StringComparison.Ordinal);
            }
        }
    }

    // Between two barriers workers may be at any of the operations there.
    [Theory]
    [MemberData(nameof(Models))]
    public void Offsets_OutsideOfTraining_AreSharedByRowsOfDifferentTimes(string layers)
    {
        foreach (TargetPlan plan in LayerContractTests.Plan(layers).Targets)
        {
            int[] times = [.. Barriers.Before(plan.Forward)];
            NamedOffset[] blocks = [.. plan.Scratch.Offsets.Where(place => !place.IsDistance)];
            foreach (NamedOffset block in blocks)
            {
                (int Start, int End) own = Extent(block, blocks, plan);
                Assert.InRange(own.End, own.Start + 1, plan.InferenceWorkspaceLength);
                foreach (NamedOffset other in blocks.Where(other => other != block))
                {
                    (int Start, int End) theirs = Extent(other, blocks, plan);
                    bool overlap = own.Start < theirs.End && theirs.Start < own.End;
                    Assert.False(
                        overlap && Times(block).Intersect(Times(other)).Any(),
                        $"{block.Name} and {other.Name} of {plan.Target.Name} are needed together.");
                }
            }

            // From the first operation that names it to the last, and to the end what leaves the model.
            IEnumerable<int> Times(NamedOffset block)
            {
                int[] named = [.. times.Where((_, i) =>
                    plan.Forward[i].Places.Any(place => place.Name == block.Name))];
                bool leaves = plan.Heads.Any(head => head.Rows.Start.Name == block.Name);
                int last = leaves ? times[^1] : named.Max();
                return Enumerable.Range(named.Min(), last - named.Min() + 1);
            }
        }
    }

    [Fact]
    public void InferenceWorkspace_OfTwoLayers_IsLessThanHalfOfTheWhole()
    {
        ModelPlan plan = LayerContractTests.Plan(
            "Embedding(96, 48), Lstm(128, Layers = 2, Dropout = 0.1f), Dense(96), CrossEntropy");
        Assert.All(plan.Targets, target => Assert.InRange(
            2L * target.InferenceWorkspaceLength, target.Workspace.Length, target.BackwardWorkspace.Length));
    }

    [Fact]
    public void Layout_OfBlocks_IsThatOfTheLongestFirst()
    {
        ScratchBlock[] blocks = [new(10, 0, 1), new(40, 1, 2), new(30, 3, 4), new(20, 2, 3), new(5, 4, int.MaxValue)];

        var layout = ScratchLayout.Of(blocks);

        Assert.Equal([40, 0, 0, 40, 30], layout.Offsets);
        Assert.Equal(60, layout.Length);
    }

    [Fact]
    public void Layout_OfBlocksBeyondAnyNumber_EndsThere()
    {
        ScratchBlock[] blocks = [new(long.MaxValue, 0, 1), new(64, 0, 1), new(long.MaxValue, 2, 3)];
        Assert.Equal(long.MaxValue, ScratchLayout.Of(blocks).Length);
    }

    private static IEnumerable<PassOperation> Operations(TargetPlan plan) => plan.Forward.SelectMany(
        operation => operation is LoopOperation loop
            ? loop.Loop.Forward.OfType<RowBlock>().SelectMany(block => block.Operations).Prepend(operation)
            : [operation]);

    // In training blocks lie side by side, which tells their lengths.
    private static (int Start, int End) Extent(NamedOffset block, NamedOffset[] blocks, TargetPlan plan)
    {
        int end = blocks.Select(other => other.Offset).Append(plan.Scratch.Length)
            .Where(offset => offset > block.Offset).Min();
        return (block.OffsetOutsideTraining, block.OffsetOutsideTraining + end - block.Offset);
    }

    [GeneratedRegex(@"^\w+")]
    private static partial Regex Name();

    [GeneratedRegex(@"\w+(?=\(pass\))")]
    private static partial Regex Word();
}
