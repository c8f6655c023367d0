using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Rules;

namespace RnnGen.Generator.Tests.Diagnostics;

/// <summary>What the rules take for a model's memory is never less than what is planned, nor much more.</summary>
public sealed class ArenaEstimateTests
{
    [Theory]
    [InlineData("Embedding(96, 48), Lstm(128, Layers = 2, Dropout = 0.1f), Dense(96), CrossEntropy")]
    [InlineData("Input(3), Gru(33), Dense(1), MeanSquaredError")]
    [InlineData("Input(300), Gru(500, ResetAfter = true), Dense(99, Activation = Activation.Relu), MeanSquaredError")]
    [InlineData("Embedding(60, 32), PeepholeLstm(64, Bidirectional = true, Layers = 3), Max, Dense(18), CrossEntropy")]
    [InlineData("Embedding(16, 16), Gru(64, Bidirectional = true), Dropout(0.5f), Last, Dense(1), MeanSquaredError")]
    [InlineData(
        "Input(64), Gru(64, Name = \"trunk\"), Last, Dense(64, Name = \"x\"), From(\"trunk\"), Dense(1500), Mean, "
            + "Concatenate(\"x\"), Dense(2), MeanSquaredError")]
    [InlineData("Input(64), Lstm(64, Layers = 3, Residual = true), Add(\"input\"), Dense(64), MeanSquaredError")]
    [InlineData("Input(130), Rnn(130, Layers = 2), Dropout(0.5f), Mean, Dense(1000), Dense(7), CrossEntropy")]
    public void Estimate_IsAnUpperBound(string layers)
    {
        var run = GeneratorHarness.Run($"using RnnGen; [SequenceModel, {layers}] public partial class Model;");
        ModelSpec spec = ((CheckedModel)Assert.Single(run.OutputsOf(TrackingNames.Check)).Value).Spec;
        ModelPlan plan = ModelPlanner.Plan(spec, default);

        double weights = ArenaEstimate.Weights(spec).Sum();
        double workspace = ArenaEstimate.Workspace(spec);
        foreach (TargetPlan target in plan.Targets)
        {
            Assert.InRange(Math.Max(target.Parameters.Length, target.Transposed.Length), 0, weights);
            Assert.InRange(target.Workspace.Length, 0, workspace);
        }

        Assert.InRange(weights, 0, 3.0 * plan.Targets[0].Parameters.Length);
        Assert.InRange(workspace, 0, 4.0 * plan.Targets[0].Workspace.Length);
    }
}
