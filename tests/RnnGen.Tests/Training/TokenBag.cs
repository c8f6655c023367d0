using System.Collections.Immutable;
using RnnGen.Kernels;
using RnnGen.Training;
using RnnGen.Weights;

namespace RnnGen.Tests.Training;

/// <summary>Kernels written by hand for a many-to-one model: logits = Σ over steps of table[token],
/// cross-entropy.</summary>
internal sealed unsafe class TokenBag : ModelKernels<double>
{
    public const int MaxSteps = 5;
    public const int MaxBatch = 3;
    public const int Vocabulary = 7;
    public const int Classes = 4;
    private const int Stride = 8;

    public override SimdTarget Target => SimdTarget.Scalar;

    public override ModelShape Shape { get; } = new()
    {
        Axes = [new AxisShape("time", MaxSteps)],
        Batch = MaxBatch,
        Feeds =
        [
            new FeedShape("inputs") { Indices = Vocabulary },
            new FeedShape("targets") { Indices = Classes, IsPerSequence = true, IsTarget = true },
        ],
        Outputs =
        [
            new OutputShape("cross_entropy")
            {
                IsPerSequence = true, Size = Classes, Stride = Stride, Offset = 0, Target = 1,
            },
        ],
        ParameterLength = Vocabulary * Stride,
        TransposedLength = 0,
        WorkspaceLength = MaxBatch * Stride,
        InferenceWorkspaceLength = MaxBatch * Stride,
        StateLength = 0,
        StepWeightsLength = 0,
        States = [],
        Streams = false,
        FlopsPerRow = 10,
    };

    public override ImmutableArray<TensorMap> Tensors { get; } =
    [
        new("table.weight", [Vocabulary, Classes],
            [new(0, Vocabulary, Classes, new RowMap(0, Stride), 1, TensorPartRole.Value, null)]),
    ];

    public override void Transpose(double* parameters, double* transposed, int worker, int workers)
    {
    }

    public override void Forward(in Pass<double> pass, WorkerTeam team, int worker)
    {
        if (worker != 0)
        {
            return;
        }

        for (int i = 0; i < pass.Batch; i++)
        {
            double* logits = pass.Workspace + i * Stride;
            new Span<double>(logits, Stride).Clear();
            for (int step = 0; step < pass.Lengths[i]; step++)
            {
                double* row = pass.Parameters + pass.Feeds[0].Indices[pass.StepOffset[step] + i] * Stride;
                for (int c = 0; c < Classes; c++)
                {
                    logits[c] += row[c];
                }
            }

            if (pass.HasTargets)
            {
                pass.Heads[0].Rows[i] = Loss(logits, pass.Feeds[1].Indices[i], pass.Heads[0].GradientScale);
            }
        }
    }

    public override void Backward(in Pass<double> pass, WorkerTeam team, int worker)
    {
        if (worker != 0)
        {
            return;
        }

        new Span<double>(pass.Gradients, Vocabulary * Stride).Clear();
        for (int i = 0; i < pass.Batch; i++)
        {
            for (int step = 0; step < pass.Lengths[i]; step++)
            {
                for (int c = 0; c < Classes; c++)
                {
                    int token = pass.Feeds[0].Indices[pass.StepOffset[step] + i];
                    pass.Gradients[token * Stride + c] += pass.Workspace[i * Stride
                        + c];
                }
            }
        }
    }

    public override void PrepareStep(double* parameters, double* stepWeights) => throw new NotSupportedException();

    private static double Loss(double* logits, int target, double scale)
    {
        double sum = 0;
        for (int c = 0; c < Classes; c++)
        {
            sum += Math.Exp(logits[c]);
        }

        double loss = Math.Log(sum) - logits[target];
        for (int c = 0; c < Classes; c++)
        {
            logits[c] = scale * (Math.Exp(logits[c]) / sum - (c == target ? 1 : 0));
        }

        return loss;
    }
}

/// <summary>What the generator would emit around the kernels.</summary>
internal sealed class TokenBagTrainer(ModelRuntime<double> model, TrainingOptions options)
    : SequenceTrainer<double, int, int>(model, options);
