using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.BadInput;

/// <summary>States that do not fit: an exception names what and the range, and nothing is written.</summary>
public sealed class StateInputTests : IDisposable
{
    private const int Steps = TorchLstm.Steps;

    private readonly TorchLstm _model = new(seed: 1);
    private readonly TorchLstm.Trainer _trainer;
    private readonly double[] _inputs = [.. Enumerable.Repeat(0.5, Steps * 2 * TorchLstm.InputSize)];
    private readonly double[] _targets = new double[Steps * 2 * TorchLstm.OutputSize];

    public StateInputTests() => _trainer = _model.CreateTrainer();

    public void Dispose() => _trainer.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(TorchLstm.Batch + 1)]
    public void CreateStates_SequencesOutsideTheBatch_AreRefused(int sequences)
    {
        var exception =
            Assert.Throws<ArgumentOutOfRangeException>("sequences", () => _model.CreateStates(sequences));
        Assert.Contains($"{sequences} sequences", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"from 1 to {TorchLstm.Batch}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_OfAnLstm_TellShapes()
    {
        RecurrentStates<double> states = _model.CreateStates(2);
        Assert.Equal(["lstm.hidden", "lstm.cell"], states.Names.ToArray());
        Assert.Equal([2, 2, 7], states.ShapeOf("lstm.cell").ToArray());
        Assert.Equal(28, states.Get("lstm.cell").Length);
        Assert.Equal([4, 1, 5], new TorchLstmBothWays().CreateStates(1).ShapeOf("lstm.hidden").ToArray());
        Assert.Empty(new DenseOnly().CreateStates(1).Names);
    }

    [Fact]
    public void AnyAccess_UnknownName_ListsThoseThatThereAre()
    {
        RecurrentStates<double> states = _model.CreateStates(2);
        using TorchLstm.State stream = _model.CreateState();
        Action[] ways =
        [
            () => states.ShapeOf("lstm.h"),
            () => states.Get("lstm.h"),
            () => states.Set("lstm.h", new double[28]),
            () => stream.Get("lstm.h"),
            () => stream.Set("lstm.h", new double[14]),
            () => _trainer.InitialStateGradient("lstm.h"),
        ];
        Assert.All(ways, way =>
        {
            var exception = Assert.Throws<ArgumentException>("name", way);
            Assert.Contains("'lstm.h'", exception.Message, StringComparison.Ordinal);
            Assert.Contains("lstm.hidden, lstm.cell", exception.Message, StringComparison.Ordinal);
        });
        var none = Assert.Throws<ArgumentException>("name", () => new DenseOnly().CreateStates(1).Get("h"));
        Assert.Contains("no layer is recurrent", none.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(27)]
    [InlineData(29)]
    public void Set_OtherNumberOfValues_IsRefused(int count)
    {
        RecurrentStates<double> states = _model.CreateStates(2);
        double[] values = [.. Enumerable.Repeat(1.0, count)];
        var exception = Assert.Throws<ArgumentException>("values", () => states.Set("lstm.cell", values));
        Assert.Contains($"{count} values", exception.Message, StringComparison.Ordinal);
        Assert.Contains("28, that is [2, 2, 7]", exception.Message, StringComparison.Ordinal);
        Assert.All(states.Get("lstm.cell"), value => Assert.Equal(0, value));
        using TorchLstm.State stream = _model.CreateState();
        exception = Assert.Throws<ArgumentException>("values", () => stream.Set("lstm.cell", values));
        Assert.Contains("14, that is [2, 1, 7]", exception.Message, StringComparison.Ordinal);
        Assert.All(stream.Get("lstm.cell"), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void AnyAccess_SequenceThatIsNotThere_IsRefused(int sequence)
    {
        RecurrentStates<double> states = _model.CreateStates(2);
        using TorchLstm.State stream = _model.CreateState();
        Action[] ways =
        [
            () => states.Clear(sequence), () => states.CopyTo(stream, sequence),
            () => states.CopyFrom(stream, sequence),
        ];
        Assert.All(ways, way =>
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>("sequence", way);
            Assert.Contains("from 0 to 1", exception.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void AnyPass_StatesOfOtherSequences_AreRefused() =>
        RefusesBoth(_model.CreateStates(3), "3 sequences", "the batch has 2");

    [Fact]
    public void AnyPass_StatesOfAnotherModel_AreRefused()
    {
        RefusesBoth(new TorchRnnMean().CreateStates(2), "rnn.hidden [2, B, 9]", "lstm.cell [2, B, 7]");
        RefusesBoth(new DenseOnly().CreateStates(2), "none", "lstm.cell [2, B, 7]");
    }

    // Of the same names and sizes they fit: an encoder's for a decoder.
    [Fact]
    public void Forward_StatesOfAModelOfTheSameLayout_AreTaken()
    {
        RecurrentStates<double> states = new TorchLstm(seed: 9, RnnGen.Kernels.SimdTarget.Scalar).CreateStates(2);
        _model.Forward(_inputs, 2, new double[_targets.Length], null, states);
        Assert.Contains(states.Get("lstm.cell"), value => value != 0);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Training_InitialStateThatIsNotFinite_NamesItsPlace(double bad)
    {
        RecurrentStates<double> states = _model.CreateStates(2);
        double[] values = new double[28];
        values[14 + 7 + 3] = bad;
        states.Set("lstm.cell", values);
        Refuses("initial", Ways(states, _model.CreateStates(2))[1..], "lstm.cell[1, 1, 3]", "finite numbers only");

        // What a final state was before is of no importance.
        _trainer.Evaluate(_inputs, _targets, 2, null, states);
        Assert.All(states.Get("lstm.cell"), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Stream_StateThatIsNotFinite_IsRefusedWhereWanted()
    {
        RecurrentStates<double> states = _model.CreateStates(2);
        double[] values = new double[28];
        values[7 + 3] = double.NaN;
        states.Set("lstm.cell", values);
        using TorchLstm.State stream = _model.CreateState();
        stream.RefuseNonFinite = true;
        Assert.Throws<ArgumentException>("values", () => stream.Set("lstm.cell", values.AsSpan(7, 14)));
        Assert.Throws<ArgumentException>(() => states.CopyTo(stream, 1));
        states.CopyTo(stream, 0);
        Assert.All(stream.Get("lstm.cell"), value => Assert.Equal(0, value));
        stream.RefuseNonFinite = false;
        states.CopyTo(stream, 1);
        Assert.Contains(stream.Get("lstm.cell"), double.IsNaN);
    }

    [Fact]
    public void InitialStateGradient_BeforeAnyGradients_IsRefused()
    {
        _trainer.Evaluate(_inputs, _targets, 2);
        var exception =
            Assert.Throws<InvalidOperationException>(() => _trainer.InitialStateGradient("lstm.hidden"));
        Assert.Contains("ComputeGradients", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnyAccess_DisposedStream_IsRefused()
    {
        TorchLstm.State stream = _model.CreateState();
        stream.Dispose();
        RecurrentStates<double> states = _model.CreateStates(1);
        Assert.Throws<ObjectDisposedException>(() => stream.Get("lstm.cell"));
        Assert.Throws<ObjectDisposedException>(() => stream.Set("lstm.cell", new double[14]));
        Assert.Throws<ObjectDisposedException>(() => states.CopyTo(stream));
        Assert.Throws<ObjectDisposedException>(() => states.CopyFrom(stream));
        Assert.Throws<ArgumentNullException>("stream", () => states.CopyTo(null!));
    }

    private void RefusesBoth(RecurrentStates<double> wrong, params string[] parts)
    {
        Refuses("initial", Ways(wrong, null), parts);
        Refuses("final", Ways(null, wrong), parts);
    }

    private Action[] Ways(RecurrentStates<double>? initial, RecurrentStates<double>? final) =>
    [
        () => _model.Forward(_inputs, 2, new double[_targets.Length], initial, final),
        () => _trainer.Step(_inputs, _targets, 2, initial, final),
        () => _trainer.Evaluate(_inputs, _targets, 2, initial, final),
        () => _trainer.ComputeGradients(_inputs, _targets, 2, initial, final),
    ];

    private void Refuses(string parameter, Action[] ways, params string[] parts)
    {
        double[] weights = _model.GetTensor("lstm.weight_ih_l0");
        Assert.All(ways, way =>
        {
            var exception = Assert.Throws<ArgumentException>(parameter, way);
            Assert.All(parts, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
        });
        Assert.Equal(weights, _model.GetTensor("lstm.weight_ih_l0"));
        Assert.Equal(0, _trainer.Steps);
    }
}
