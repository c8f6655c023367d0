using System.Collections.Immutable;
using RnnGen.Initialization;
using RnnGen.Kernels;
using RnnGen.Training;
using RnnGen.Weights;

namespace RnnGen.Tests.Training;

/// <summary>
/// Kernels written by hand for the smallest model with everything a trainer deals with: h' = a ⊙ h + W x + b, output h,
/// mean squared error. Workers own units, so the result does not depend on how many there are.
/// </summary>
internal sealed unsafe class LeakyLinear(int steps = 6, int batch = 4, long flopsPerRow = 1_000_000_000)
    : ModelKernels<float>
{
    public const int Inputs = 3;
    public const int Outputs = 2;
    private const int Stride = 16;
    private const int Decay = (1 + Inputs) * Stride;
    private const int Length = Decay + Stride;

    public override SimdTarget Target => SimdTarget.Scalar;

    public int PreparedSteps { get; private set; }

    /// <summary>Sequences of the largest batch so far.</summary>
    public int MostSequences { get; private set; }

    private int Rows => steps * batch;

    private int StateOffset => 0;

    private int OutputOffset => (batch + Rows) * Stride;

    private int GradientOffset => OutputOffset + Rows * Stride;

    public override ModelShape Shape => new()
    {
        Axes = [new AxisShape("time", steps)],
        Batch = batch,
        Feeds =
        [
            new FeedShape("inputs") { Width = Inputs },
            new FeedShape("targets") { Width = Outputs, IsTarget = true },
        ],
        Outputs =
        [
            new OutputShape("mean_squared_error")
            {
                IsPerSequence = false, Size = Outputs, Stride = Stride, Offset = OutputOffset, Target = 1,
            },
        ],
        ParameterLength = Length,
        TransposedLength = Length,
        WorkspaceLength = GradientOffset + batch * Stride,
        InferenceWorkspaceLength = GradientOffset,
        StateLength = Stride,
        StepWeightsLength = Length,
        States =
        [
            new StateBuffer("linear", "state", 0, Outputs)
            {
                IsReverse = false,
                Offset = StateOffset,
                Stride = Stride,
                GradientOffset = GradientOffset,
                GradientStride = Stride,
                StreamOffset = 0,
            },
        ],
        Streams = true,
        FlopsPerRow = flopsPerRow,
    };

    public override ImmutableArray<TensorMap> Tensors { get; } =
    [
        new("linear.weight", [Outputs, Inputs],
            [new(0, Outputs, Inputs, new PanelMap(Stride, Inputs, 1, 1, Stride, 1, 0), 1, TensorPartRole.Value,
                new Ramp())]),
        new("linear.bias_ih", [Outputs], [new(0, Outputs, 1, new RowMap(0, 1), 1, TensorPartRole.Value, null)]),
        new("linear.bias_hh", [Outputs], [new(0, Outputs, 1, new RowMap(0, 1), 1, TensorPartRole.Addend, null)]),
        new("linear.decay", [Outputs],
            [new(0, Outputs, 1, new RowMap(Decay, 1), -1, TensorPartRole.Value, new Ramp())]),
    ];

    public override void Transpose(float* parameters, float* transposed, int worker, int workers)
    {
        for (int i = worker; i < Length; i += workers)
        {
            transposed[i] = parameters[i];
        }
    }

    public override void Forward(in Pass<float> pass, WorkerTeam team, int worker)
    {
        MostSequences = Math.Max(MostSequences, pass.Batch);
        float* h = pass.Workspace + StateOffset;
        float* outputs = pass.Workspace + OutputOffset;
        for (int step = 0; step < pass.Steps; step++)
        {
            for (int i = 0; i < pass.StepRows[step]; i++)
            {
                int row = pass.StepOffset[step] + i;
                float* old = step == 0 ? h + i * Stride : h + (batch + pass.StepOffset[step - 1] + i) * Stride;
                for (int unit = worker; unit < Outputs; unit += team.Workers)
                {
                    float sum = pass.Parameters[unit] + pass.Parameters[Decay + unit] * old[unit];
                    for (int k = 0; k < Inputs; k++)
                    {
                        sum += pass.Parameters[(1 + k) * Stride + unit] * pass.Feeds[0].Values[row * Inputs + k];
                    }

                    h[(batch + row) * Stride + unit] = sum;
                    outputs[row * Stride + unit] = sum;
                }
            }

            team.Barrier(worker);
        }

        if (!pass.HasTargets)
        {
            return;
        }

        for (int row = worker; row < pass.Rows; row += team.Workers)
        {
            float loss = 0;
            for (int unit = 0; unit < Outputs; unit++)
            {
                float difference = outputs[row * Stride + unit] - pass.Feeds[1].Values[row * Outputs + unit];
                loss += difference * difference / Outputs;
                outputs[row * Stride + unit] = 2 * difference / Outputs * pass.Heads[0].GradientScale;
            }

            pass.Heads[0].Rows[row] = loss;
        }
    }

    public override void Backward(in Pass<float> pass, WorkerTeam team, int worker)
    {
        float* h = pass.Workspace + StateOffset;
        float* dOutputs = pass.Workspace + OutputOffset;
        for (int i = worker; i < Length; i += team.Workers)
        {
            pass.Gradients[i] = 0;
        }

        team.Barrier(worker);
        for (int unit = worker; unit < Outputs; unit += team.Workers)
        {
            for (int i = 0; i < pass.Batch; i++)
            {
                float dH = 0;
                for (int step = pass.Lengths[i] - 1; step >= 0; step--)
                {
                    int row = pass.StepOffset[step] + i;
                    float* old = step == 0 ? h + i * Stride : h + (batch + pass.StepOffset[step - 1] + i) * Stride;
                    dH += dOutputs[row * Stride + unit];
                    pass.Gradients[unit] += dH;
                    pass.Gradients[Decay + unit] += dH * old[unit];
                    for (int k = 0; k < Inputs; k++)
                    {
                        pass.Gradients[(1 + k) * Stride + unit] += dH * pass.Feeds[0].Values[row * Inputs + k];
                    }

                    dH *= pass.Transposed[Decay + unit];
                }

                pass.Workspace[GradientOffset + i * Stride + unit] = dH;
            }
        }
    }

    public override void PrepareStep(float* parameters, float* stepWeights)
    {
        PreparedSteps++;
        Transpose(parameters, stepWeights, 0, 1);
    }

    public override float* Step(float* stepWeights, float* parameters, float* state, float* features)
    {
        for (int unit = 0; unit < Outputs; unit++)
        {
            float sum = stepWeights[unit] + stepWeights[Decay + unit] * state[unit];
            for (int k = 0; k < Inputs; k++)
            {
                sum += stepWeights[(1 + k) * Stride + unit] * features[k];
            }

            state[unit] = sum;
        }

        return state;
    }

    private sealed class Ramp : IInitializer
    {
        public void Fill(Span<double> values, int rows, int columns, CounterRandom random)
        {
            foreach (ref double value in values)
            {
                value = random.NextUniform(-0.5, 0.5);
            }
        }
    }
}

/// <summary>What the generator would emit around the kernels.</summary>
internal sealed class LeakyModel
{
    public LeakyModel(ulong seed = 1, LeakyLinear? kernels = null)
    {
        Kernels = kernels ?? new LeakyLinear();
        Runtime = new ModelRuntime<float>(Kernels);
        Runtime.Parameters.Initialize(seed);
    }

    public LeakyLinear Kernels { get; }

    public ModelRuntime<float> Runtime { get; }

    public State CreateState() => new(Runtime);

    public Trainer CreateTrainer(TrainingOptions? options = null) => new(Runtime, options ?? new TrainingOptions());

    public float[] Weights() =>
        [.. Runtime.Parameters.Tensors.SelectMany(tensor => Runtime.Parameters.Get(tensor.Name))];

    internal sealed class State(ModelRuntime<float> model) : StreamState<float>(model);

    internal sealed class Trainer(ModelRuntime<float> model, TrainingOptions options)
        : SequenceTrainer<float, float, float>(model, options);
}
