using System.Collections.Immutable;
using RnnGen.Kernels;
using RnnGen.Training;
using RnnGen.Weights;

namespace RnnGen.Tests.Training;

/// <summary>
/// How many workers a batch gets, as kernels see it: one for each 150,000 operations of a step, and 6 at most.
/// </summary>
public sealed class ThreadEstimateTests
{
    private const int Sequences = 4;
    private const int Threads = 6;

    // A step of the source is 1,200,000 operations, one of the target 120,000. Their mean in thousands:
    [Theory]
    [InlineData(6, 1, 6)] // 1046
    [InlineData(6, 6, 4)] // 660
    [InlineData(2, 7, 2)] // 360
    [InlineData(1, 7, 1)] // 255
    public void Workers_OfTwoAxes_FollowFromTheRowsOfEach(int sourceSteps, int targetSteps, int expected)
    {
        AxisShape[] axes =
        [
            new("source", 8) { FlopsPerRow = 300_000 }, new("target", 8) { FlopsPerRow = 30_000 },
        ];
        Assert.Equal(expected, Workers([.. axes], 330_000, sourceSteps, targetSteps));
    }

    [Theory]
    [InlineData(30_000, 1)]
    [InlineData(80_000, 2)]
    [InlineData(1_000_000, 6)]
    public void Workers_OfOneAxis_FollowFromTheModelsOperations(long flopsPerRow, int expected) =>
        Assert.Equal(expected, Workers([new AxisShape("time", 8)], flopsPerRow, 5));

    private static int Workers(ImmutableArray<AxisShape> axes, long flopsPerRow, params int[] steps)
    {
        var kernels = new WorkerCount(axes, flopsPerRow);
        using var trainer = new Trainer(new ModelRuntime<float>(kernels), new TrainingOptions { Threads = Threads });
        trainer.Run(steps);
        return kernels.Workers;
    }

    private sealed class Trainer(ModelRuntime<float> model, TrainingOptions options)
        : ModelTrainer<float>(model, options)
    {
        public void Run(int[] steps)
        {
            using TrainerCall<float> call = Begin(nameof(Run));
            for (int axis = 0; axis < steps.Length; axis++)
            {
                call.Arrange(axis, steps[axis] * Sequences, Sequences, "inputs");
                call.Write<float>(axis, new float[steps[axis] * Sequences], "inputs");
            }

            call.Write<float>(steps.Length, new float[steps[^1] * Sequences], "targets");
            call.Evaluate();
        }
    }

    /// <summary>Computes nothing but how many workers there are.</summary>
    private sealed unsafe class WorkerCount(ImmutableArray<AxisShape> axes, long flopsPerRow) : ModelKernels<float>
    {
        public int Workers { get; private set; }

        public override SimdTarget Target => SimdTarget.Scalar;

        public override ModelShape Shape { get; } = new()
        {
            Axes = axes,
            Batch = Sequences,
            Feeds =
            [
                .. axes.Select((axis, i) => new FeedShape(axis.Name) { Axis = i, Width = 1 }),
                new FeedShape("targets") { Axis = axes.Length - 1, Width = 1, IsTarget = true },
            ],
            Outputs =
            [
                new OutputShape("loss")
                {
                    IsPerSequence = false,
                    Size = 1,
                    Axis = axes.Length - 1,
                    Stride = 1,
                    Offset = 0,
                    Target = axes.Length,
                },
            ],
            ParameterLength = 16,
            TransposedLength = 0,
            WorkspaceLength = 64,
            InferenceWorkspaceLength = 64,
            StateLength = 0,
            StepWeightsLength = 0,
            States = [],
            Streams = false,
            FlopsPerRow = flopsPerRow,
        };

        public override ImmutableArray<TensorMap> Tensors => [];

        public override void Transpose(float* parameters, float* transposed, int worker, int workers)
        {
        }

        public override void Forward(in Pass<float> pass, WorkerTeam team, int worker)
        {
            if (worker == 0)
            {
                Workers = team.Workers;
            }
        }

        public override void Backward(in Pass<float> pass, WorkerTeam team, int worker)
        {
        }

        public override void PrepareStep(float* parameters, float* stepWeights) => throw new NotSupportedException();
    }
}
