namespace RnnGen.Tests.Training;

/// <summary>States on their own, and with a model whose equations are written by hand.</summary>
public sealed class RecurrentStatesTests
{
    private const string Name = "linear.state";
    private const int Outputs = LeakyLinear.Outputs;
    private const int Inputs = LeakyLinear.Inputs;

    private readonly LeakyModel _model = new(seed: 3);

    [Fact]
    public void Clear_OneSequence_LeavesTheOthers()
    {
        RecurrentStates<float> states = Given(1, 2, 3, 4, 5, 6);
        states.Clear(1);
        Assert.Equal([1, 2, 0, 0, 5, 6], states.Get(Name));
        states.Clear();
        Assert.Equal(new float[6], states.Get(Name));
    }

    [Fact]
    public void Get_ThenWritten_IsACopy()
    {
        RecurrentStates<float> states = Given(1, 2);
        states.Get(Name)[0] = 9;
        Assert.Equal([1, 2], states.Get(Name));
    }

    // Each sequence, in the caller's order, ends in its own last output: that is this model's state.
    [Fact]
    public void Forward_RaggedBatch_EndsInTheLastOutputs()
    {
        float[] inputs = Numbers(6 * 3 * Inputs);
        float[] outputs = new float[6 * 3 * Outputs];
        int[] lengths = [2, 6, 1];
        RecurrentStates<float> states = Given(1, -1, 2, -2, 3, -3);
        _model.Runtime.Forward(inputs, lengths, outputs, states, states);
        float[] expected = [.. lengths.SelectMany((length, i) =>
            outputs.AsSpan(((length - 1) * 3 + i) * Outputs, Outputs).ToArray())];
        Assert.Equal(expected, states.Get(Name));
    }

    [Fact]
    public void InitialStateGradient_OfALinearModel_IsWhatItsEquationsSay()
    {
        using LeakyModel.Trainer trainer = _model.CreateTrainer();
        float[] inputs = Numbers(2 * Inputs);
        float[] outputs = new float[2 * Outputs];
        RecurrentStates<float> states = Given(1, -1);
        _model.Runtime.Forward(inputs, 1, outputs, states, null);
        trainer.ComputeGradients(inputs, new float[2 * Outputs], 1, states, null);
        float[] decay = _model.Runtime.Parameters.Get("linear.decay");
        for (int unit = 0; unit < Outputs; unit++)
        {
            // The mean over four numbers of their squares; files have the decay with the other sign.
            float a = -decay[unit];
            float expected = (a * outputs[unit] + a * a * outputs[Outputs + unit]) / 2;
            Assert.Equal(expected, trainer.InitialStateGradient(Name)[unit], 1e-6f);
        }
    }

    [Fact]
    public void Step_ThatDiverges_LeavesGivenStates()
    {
        using LeakyModel.Trainer trainer = _model.CreateTrainer();
        _model.Runtime.Parameters.Set("linear.weight", [.. Enumerable.Repeat(1e30f, Outputs * Inputs)]);
        RecurrentStates<float> states = Given(1, 2);
        Assert.Throws<TrainingDivergedException>(
            () => trainer.Step(Numbers(6 * Inputs), new float[6 * Outputs], 1, states, states));
        Assert.Equal([1, 2], states.Get(Name));
    }

    [Fact]
    public void Forward_ThatIsRefused_LeavesStatesAndOutputs()
    {
        RecurrentStates<float> states = Given(1, 2);
        float[] outputs = new float[6 * 2 * Outputs];
        Assert.Throws<ArgumentException>(
            "final", () => _model.Runtime.Forward(Numbers(6 * 2 * Inputs), 2, outputs, null, states));
        Assert.Throws<ArgumentException>(
            "outputs", () => _model.Runtime.Forward(Numbers(6 * Inputs), 1, outputs, states, states));
        Assert.Equal([1, 2], states.Get(Name));
        Assert.Equal(new float[outputs.Length], outputs);
    }

    private RecurrentStates<float> Given(params float[] values)
    {
        RecurrentStates<float> states = _model.Runtime.CreateStates(values.Length / Outputs);
        states.Set(Name, values);
        return states;
    }

    private static float[] Numbers(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
