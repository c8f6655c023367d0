using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.Files;

/// <summary>Files tell whether layers have biases by the tensors that they hold.</summary>
public sealed class UnbiasedFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Tensors_WithoutBiases_AreThoseOfPyTorch() => Assert.Equal(
        ["gru.weight_ih_l0", "gru.weight_hh_l0", "gru.weight_ih_l1", "gru.weight_hh_l1", "dense.weight"],
        new Unbiased().Tensors.Select(tensor => tensor.Name));

    [Fact]
    public void ParameterCount_WithoutBiases_IsThatOfTheTensors() =>
        Assert.Equal(new Unbiased().Tensors.Sum(tensor => tensor.Length), Unbiased.ParameterCount);

    [Fact]
    public void Load_BiasesIntoAModelWithout_NamesThem()
    {
        new Biased(seed: 1).Save(_path);
        string message = Assert.Throws<InvalidDataException>(() => Unbiased.Load(_path)).Message;
        Assert.Contains(
            "The file has tensors that the model does not use: 'gru.bias_ih_l0' [15]", message,
            StringComparison.Ordinal);
        Assert.Contains("'dense.bias' [4]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoBiasesIntoAModelWith_NamesThemAndTheWayOut()
    {
        var model = new Unbiased(seed: 1);
        model.Save(_path);
        string message = Assert.Throws<InvalidDataException>(() => Biased.Load(_path)).Message;
        Assert.Contains(
            "The model needs tensors that the file lacks: 'gru.bias_ih_l0' [15]", message, StringComparison.Ordinal);
        Assert.Contains("MissingBiasesAreZero = true", message, StringComparison.Ordinal);

        var biased = Biased.Load(_path, options: new LoadOptions { MissingBiasesAreZero = true });
        float[] inputs = [.. Enumerable.Range(0, 6 * 5 * 3).Select(i => MathF.Sin(i))];
        float[] expected = new float[6 * 5 * 4];
        float[] outputs = new float[expected.Length];
        model.Forward(inputs, sequences: 5, expected);
        biased.Forward(inputs, sequences: 5, outputs);
        Assert.Equal(expected, outputs);
    }
}
