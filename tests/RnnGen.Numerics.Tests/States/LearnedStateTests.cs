using RnnGen.Numerics.Tests.Harness;
using RnnGen.Numerics.Tests.Models;
using RnnGen.Training;

namespace RnnGen.Numerics.Tests.States;

/// <summary>Sequences start from learned states only where nothing else is given or carried.</summary>
public sealed class LearnedStateTests
{
    private static readonly string[] Learned =
        ["lstm.hidden_0_l0", "lstm.cell_0_l0", "lstm.hidden_0_l1", "lstm.cell_0_l1"];

    public static TheoryData<string> Models => ModelCatalog.Names(facts =>
        facts.IsDouble && facts.Layers.OfType<RecurrentAttribute>().Any(layer => layer.LearnedState));

    // Seen from outside: a weight as any other, whose gradient is that of the sequences that started from it.
    [Theory]
    [MemberData(nameof(Models))]
    public void Gradient_OfLearnedStates_IsTheSumOfThoseOfTheSequences(string name)
    {
        TestedModel<double> model = RandomModel(name);
        using TestedTrainer<double> trainer = model.CreateTrainer(new TrainingOptions());
        Sample<double> sample = Sample<double>.Draw(model.Facts, BatchKind.Ragged, seed: 17);
        trainer.ComputeGradients(sample);
        foreach ((string tensor, string state, int place) in LearnedOf(model))
        {
            double[] gradient = trainer.Gradient(tensor);
            double[] each = trainer.InitialStateGradient(state);
            double[] expected = [.. gradient.Select((_, unit) => Enumerable.Range(0, sample.Batch).Sum(sequence =>
                each[(((place * sample.Batch) + sequence) * gradient.Length) + unit]))];
            Assert.Contains(expected, value => value != 0);
            Assert.All(expected.Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
        }
    }

    [Fact]
    public void Tensors_OfANewModel_AreZerosByTheNamesOfTheStates()
    {
        TestedModel<double> model = TestedModel<double>.Create(ModelCatalog.Find(nameof(LearnedLstm)));
        Assert.Equal(Learned.Order(), model.Tensors.Select(tensor => tensor.Name).Where(IsLearned).Order());
        Assert.All(Learned, tensor => Assert.Equal(new double[5], model.Get(tensor)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void CreateStates_OfAnyModel_GivesWhatItsWeightsAreNow(string name)
    {
        TestedModel<double> model = RandomModel(name);
        RecurrentStates<double> states = model.CreateStates(2);
        Sample<double> sample = Sample<double>.Draw(model.Facts, BatchKind.Full, seed: 17);
        foreach ((string tensor, string state, int place) in LearnedOf(model))
        {
            double[] values = model.Get(tensor);
            int start = place * 2 * values.Length;
            Assert.Equal([.. values, .. values], states.Get(state)[start..(start + (2 * values.Length))]);
        }

        double[] outputs = new double[sample.OutputRows * model.Facts.OutputSize];
        model.Forward(sample, outputs, model.CreateStates(sample.Batch), null);
        Assert.Equal(model.Forward(sample), outputs);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Gradient_WhereStatesAreGiven_IsZero(string name)
    {
        TestedModel<double> model = RandomModel(name);
        using TestedTrainer<double> trainer = model.CreateTrainer(new TrainingOptions());
        Sample<double> sample = Sample<double>.Draw(model.Facts, BatchKind.Ragged, seed: 17);
        trainer.ComputeGradients(sample, model.CreateStates(sample.Batch), null);
        Assert.All(LearnedOf(model), learned => Assert.Equal(0, trainer.Gradient(learned.Tensor).Max(Math.Abs)));
    }

    // Of two sequences that carry on, one is made to start anew.
    [Fact]
    public void Gradient_WhereStatesAreCarried_IsThatOfSequencesThatStartAnew()
    {
        TestedModel<double> model = RandomModel(nameof(LearnedLstm));
        var still = new TrainingOptions { CarryState = true, Optimizer = new Sgd { LearningRate = 0 } };
        using TestedTrainer<double> trainer = model.CreateTrainer(still);
        Sample<double> sample = Sample<double>.Draw(model.Facts, BatchKind.Ragged, seed: 17);
        trainer.Step(sample);
        Assert.All(Learned, tensor => Assert.Contains(trainer.Gradient(tensor), value => value != 0));
        trainer.Step(sample);
        Assert.All(Learned, tensor => Assert.Equal(0, trainer.Gradient(tensor).Max(Math.Abs)));
        trainer.ResetState(1);
        trainer.Step(sample);
        int place = 0;
        foreach (string tensor in (string[])["lstm.hidden_0_l0", "lstm.hidden_0_l1"])
        {
            int start = ((place++ * sample.Batch) + 1) * 5;
            Assert.Equal(trainer.InitialStateGradient("lstm.hidden")[start..(start + 5)], trainer.Gradient(tensor));
        }

        trainer.ResetState();
        trainer.Step(sample);
        double[] all = trainer.Gradient("lstm.hidden_0_l0");
        using TestedTrainer<double> fresh = model.CreateTrainer(new TrainingOptions());
        fresh.ComputeGradients(sample);
        Assert.Equal(fresh.Gradient("lstm.hidden_0_l0"), all);
    }

    [Fact]
    public void Step_OfATrainer_LearnsWhatSequencesStartFrom()
    {
        TestedModel<double> model = RandomModel(nameof(LearnedLstm));
        Sample<double> sample = Sample<double>.Draw(model.Facts, BatchKind.Full, seed: 17);
        using TestedTrainer<double> trainer = model.CreateTrainer(
            new TrainingOptions { Optimizer = new Sgd { LearningRate = 0.5 } });
        double[] before = model.Get(Learned[0]);
        trainer.Step(sample);
        double[] gradient = trainer.Gradient(Learned[0]);
        Assert.Equal(before.Zip(gradient, (w, g) => w - (0.5 * g)), model.Get(Learned[0]), Close);
    }

    [Fact]
    public void Reset_OfAStreamAfterNewWeights_StartsFromThose()
    {
        TestedModel<double> model = RandomModel(nameof(LearnedLstm));
        using StreamState<double> state = model.CreateState();
        double[] values = [0.5, -0.25, 0.125, 1, -1];
        model.Set("lstm.cell_0_l1", values);
        Assert.NotEqual(values, state.Get("lstm.cell")[5..]);
        state.Reset();
        Assert.Equal(values, state.Get("lstm.cell")[5..]);
    }

    [Fact]
    public void Load_FileWithoutLearnedStates_IsRefusedByName()
    {
        string path = Path.Combine(Path.GetTempPath(), $"rnngen-learned-{Guid.NewGuid():n}.safetensors");
        try
        {
            TestedModel<double>.Create(ModelCatalog.Find(nameof(UnlearnedLstm))).Save(path);
            string message = Assert.Throws<InvalidDataException>(
                () => TestedModel<double>.Load(ModelCatalog.Find(nameof(LearnedLstm)), path)).Message;
            Assert.Contains("lstm.hidden_0_l0", message, StringComparison.Ordinal);
            RandomModel(nameof(LearnedLstm)).Save(path);
            message = Assert.Throws<InvalidDataException>(
                () => TestedModel<double>.Load(ModelCatalog.Find(nameof(UnlearnedLstm)), path)).Message;
            Assert.Contains("lstm.cell_0_l0", message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) <= 1e-15;

    private static bool IsLearned(string tensor) => tensor.Contains("_0_l", StringComparison.Ordinal);

    // Each learned tensor with the state that it is of, and its place among the layers and directions.
    private static IEnumerable<(string Tensor, string State, int Place)> LearnedOf(TestedModel<double> model)
    {
        foreach (string tensor in model.Tensors.Select(tensor => tensor.Name).Where(IsLearned))
        {
            string[] parts = tensor.Split("_0_l");
            int directions = model.Tensors.Any(other => other.Name == $"{tensor}_reverse") || tensor.EndsWith(
                "_reverse", StringComparison.Ordinal) ? 2 : 1;
            int layer = int.Parse(parts[1].Split('_')[0], System.Globalization.CultureInfo.InvariantCulture);
            int direction = parts[1].EndsWith("_reverse", StringComparison.Ordinal) ? 1 : 0;
            yield return (tensor, parts[0], (layer * directions) + direction);
        }
    }

    private static TestedModel<double> RandomModel(string name)
    {
        TestedModel<double> model = TestedModel<double>.Create(ModelCatalog.Find(name));
        model.Randomize(seed: 3);
        return model;
    }
}
