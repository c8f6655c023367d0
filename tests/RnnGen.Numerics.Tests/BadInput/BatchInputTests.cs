using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.BadInput;

/// <summary>Batches that do not fit: an exception names argument, value and range, and nothing is written.</summary>
public sealed class BatchInputTests : IDisposable
{
    private const int Batch = NameOrigin.Batch;
    private const int Steps = NameOrigin.Steps;
    private const int Classes = NameOrigin.OutputSize;

    private readonly NameOrigin _model = new(seed: 1);
    private readonly NameOrigin.Trainer _trainer;
    private readonly int[] _inputs = new int[Steps * Batch];
    private readonly int[] _targets = new int[Batch];
    private readonly float _loss;
    private readonly float[] _weights;

    public BatchInputTests()
    {
        _trainer = _model.CreateTrainer();
        _loss = _trainer.Evaluate(_inputs, _targets, Batch);
        _weights = Weights();
    }

    public void Dispose() => _trainer.Dispose();

    [Theory]
    [InlineData(-1)]
    [InlineData(NameOrigin.Vocabulary)]
    public void AnyPass_TokenOutsideTheVocabulary_NamesItsPlace(int token)
    {
        _inputs[(3 * Batch) + 5] = token;
        Refuses<ArgumentOutOfRangeException>("inputs", $"is {token}", "step 3, sequence 5", "from 0 to 29");
    }

    [Fact]
    public void AnyPass_TokenBehindTheEnd_IsNotLookedAt()
    {
        _inputs[(3 * Batch) + 5] = -1;
        int[] lengths = [.. Enumerable.Repeat(Steps, Batch)];
        lengths[5] = 3;
        Assert.True(float.IsFinite(_trainer.Evaluate(_inputs, _targets, lengths)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(Steps + 1)]
    [InlineData(int.MinValue)]
    public void AnyPass_LengthOutsideItsRange_NamesItsPlace(int length)
    {
        int[] lengths = [.. Enumerable.Repeat(Steps, Batch)];
        lengths[2] = length;
        Refuses<ArgumentOutOfRangeException>(
            "lengths", lengths, Batch * Classes, "lengths[2]", $"is {length}", $"from 1 to {Steps}");
    }

    [Fact]
    public void AnyPass_MoreSequencesThanTheBatch_IsRefused()
    {
        int[] lengths = [.. Enumerable.Repeat(1, Batch + 1)];
        Refuses<ArgumentException>("lengths", lengths, Batch * Classes, $"{Batch + 1} lengths", $"from 1 to {Batch}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(Batch + 1)]
    [InlineData(int.MinValue)]
    public void AnyPass_SequencesOutsideTheBatch_AreRefused(int sequences)
    {
        float[] outputs = Untouched(Batch * Classes);
        Action[] ways =
        [
            () => _model.Forward(_inputs, sequences, outputs),
            () => _trainer.Step(_inputs, _targets, sequences),
            () => _trainer.Evaluate(_inputs, _targets, sequences),
            () => _trainer.ComputeGradients(_inputs, _targets, sequences),
        ];
        Assert.All(ways, way => AssertNames(
            Assert.Throws<ArgumentOutOfRangeException>("sequences", way), [$"{sequences}", $"from 1 to {Batch}"]));
        AssertNothingChanged(outputs);
    }

    // It could mean one sequence as well as a full batch of equal ones: whoever means either says so.
    [Fact]
    public void AnyPass_NoLengths_NamesTheOtherOverloads() => Refuses<ArgumentException>(
        "lengths", [], Batch * Classes, "no lengths", "'int sequences'", "Forward(inputs, outputs)");

    // As many inputs as a batch has sequences, which would be a sound batch of one step, too.
    [Fact]
    public void Forward_WithoutASecondArgument_IsOneSequence()
    {
        var model = new EchoGru(seed: 1);
        float[] features = [.. Enumerable.Range(1, EchoGru.Batch).Select(i => 1f / i)];
        float[] expected = new float[EchoGru.Batch];
        float[] outputs = new float[EchoGru.Batch];
        float[] sideBySide = new float[EchoGru.Batch];
        model.Forward(features, [EchoGru.Batch], expected);
        model.Forward(features, outputs);
        model.Forward(features, EchoGru.Batch, sideBySide);
        Assert.Equal(expected, outputs);
        Assert.Equal(expected[0], sideBySide[0]);
        Assert.All(Enumerable.Range(1, EchoGru.Batch - 1), i => Assert.NotEqual(expected[i], sideBySide[i]));
    }

    [Fact]
    public void Forward_OneSequenceThatDoesNotFit_IsRefused()
    {
        float[] outputs = Untouched(Batch * Classes);
        AssertNames(
            Assert.Throws<ArgumentException>("inputs", () => _model.Forward(_inputs, outputs.AsSpan(0, Classes))),
            [$"{_inputs.Length} inputs", "one sequence", $"from 1 to {Steps}"]);
        AssertNames(
            Assert.Throws<ArgumentException>("outputs", () => _model.Forward(_inputs.AsSpan(0, Steps), outputs)),
            [$"{Batch * Classes} outputs", $"[1, {Classes}]"]);
        AssertNothingChanged(outputs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(Batch)]
    public void AnyPass_NumberOfSequences_EqualsThatManyLengths(int sequences)
    {
        int[] tokens = [.. Enumerable.Range(0, Steps * sequences).Select(i => i * i % NameOrigin.Vocabulary)];
        int[] targets = [.. Enumerable.Range(0, sequences).Select(i => i % Classes)];
        int[] lengths = [.. Enumerable.Repeat(Steps, sequences)];
        float[] expected = new float[sequences * Classes];
        float[] outputs = new float[sequences * Classes];
        _model.Forward(tokens, lengths, expected);
        _model.Forward(tokens, sequences, outputs);
        Assert.Equal(expected, outputs);
        Assert.Equal(_trainer.Evaluate(tokens, targets, lengths), _trainer.Evaluate(tokens, targets, sequences));
        Assert.Equal(
            _trainer.ComputeGradients(tokens, targets, lengths), _trainer.ComputeGradients(tokens, targets, sequences));
        using NameOrigin.Trainer twin = new NameOrigin(seed: 1).CreateTrainer();
        twin.Step(tokens, targets, lengths);
        _trainer.Step(tokens, targets, sequences);
        Assert.Equal(twin.Evaluate(tokens, targets, lengths), _trainer.Evaluate(tokens, targets, lengths));
    }

    [Theory]
    [InlineData(0)]
    [InlineData((Steps * Batch) - 1)]
    [InlineData((Steps + 1) * Batch)]
    public void AnyPass_OtherNumberOfInputs_IsRefused(int count)
    {
        int[] inputs = new int[count];
        float[] outputs = Untouched(Batch * Classes);
        AssertNames(
            Assert.Throws<ArgumentException>("inputs", () => _model.Forward(inputs, Batch, outputs)),
            [$"{count} inputs", $"{Batch} sequences"]);
        Assert.Throws<ArgumentException>("inputs", () => { _trainer.Step(inputs, _targets, Batch); });
        AssertNothingChanged(outputs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData((Batch * Classes) - 1)]
    [InlineData((Batch * Classes) + 1)]
    public void Forward_OtherNumberOfOutputs_IsRefused(int count)
    {
        float[] outputs = Untouched(count);
        AssertNames(
            Assert.Throws<ArgumentException>("outputs", () => _model.Forward(_inputs, Batch, outputs)),
            [$"{count} outputs", $"{Batch * Classes}"]);
        AssertNothingChanged(outputs);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Classes)]
    public void TrainerStep_ClassOutsideItsRange_NamesItsPlace(int target)
    {
        int[] targets = [.. _targets];
        targets[4] = target;
        AssertNames(
            Assert.Throws<ArgumentOutOfRangeException>("targets", () => { _trainer.Step(_inputs, targets, Batch); }),
            ["targets[4]", $"is {target}", $"from 0 to {Classes - 1}"]);
        Assert.Throws<ArgumentException>("targets", () => { _trainer.Step(_inputs, new int[Batch + 1], Batch); });
        Assert.Throws<ArgumentException>("targets", () => { _trainer.Step(_inputs, [], Batch); });
        AssertNothingChanged([]);
    }

    [Fact]
    public void Tensors_UnknownNameOrOtherSize_IsRefused()
    {
        AssertNames(
            Assert.Throws<ArgumentException>("name", () => _model.GetTensor("lstm.weight")),
            ["'lstm.weight'", "lstm.weight_ih_l0"]);
        AssertNames(
            Assert.Throws<ArgumentException>("values", () => _model.SetTensor("dense.bias", new float[Classes - 1])),
            ["17", "dense.bias", "18"]);
        Assert.Throws<ArgumentNullException>("name", () => _model.GetTensor(null!));
        Assert.Throws<ArgumentException>(() => _trainer.Gradient("dense"));
        AssertNothingChanged([]);
    }

    [Fact]
    public void Load_FileOfAnotherModel_NamesTheTensors()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            _model.Save(path);
            AssertNames(
                Assert.Throws<InvalidDataException>(() => Tagger.Load(path)),
                [path, "gru.weight_ih_l0", "lstm.weight_ih_l0", "embedding.weight", "[50, 16]", "[30, 12]"]);
            NameOrigin again = NameOrigin.Load(path);
            Assert.Equal(_weights, _model.Tensors.SelectMany(tensor => again.GetTensor(tensor.Name)));
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Throws<FileNotFoundException>(() => NameOrigin.Load(path));
    }

    [Fact]
    public void TrainerStep_DisposedTrainer_IsRefused()
    {
        _trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => { _trainer.Step(_inputs, _targets, Batch); });
    }

    private void Refuses<TException>(string argument, params string[] words)
        where TException : ArgumentException =>
        Refuses<TException>(argument, [.. Enumerable.Repeat(Steps, Batch)], Batch * Classes, words);

    // By every way that a batch comes in.
    private void Refuses<TException>(string argument, int[] lengths, int outputCount, params string[] words)
        where TException : ArgumentException
    {
        float[] outputs = Untouched(outputCount);
        Action[] ways =
        [
            () => _model.Forward(_inputs, lengths, outputs),
            () => _trainer.Step(_inputs, _targets, lengths),
            () => _trainer.Evaluate(_inputs, _targets, lengths),
            () => _trainer.ComputeGradients(_inputs, _targets, lengths),
        ];
        Assert.All(ways, way => AssertNames(Assert.Throws<TException>(argument, way), words));
        Array.Clear(_inputs);
        AssertNothingChanged(outputs);
    }

    private static void AssertNames(Exception exception, string[] words) =>
        Assert.All(words, word => Assert.Contains(word, exception.Message, StringComparison.Ordinal));

    private static float[] Untouched(int count) => [.. Enumerable.Repeat(-77f, count)];

    private void AssertNothingChanged(float[] outputs)
    {
        Assert.All(outputs, value => Assert.Equal(-77f, value));
        Assert.Equal(_weights, Weights());
        Assert.Equal(0, _trainer.Steps);
        Assert.Equal(_loss, _trainer.Evaluate(_inputs, _targets, Batch));
    }

    private float[] Weights() => [.. _model.Tensors.SelectMany(tensor => _model.GetTensor(tensor.Name))];
}
