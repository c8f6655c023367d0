using System.Numerics;
using RnnGen.Numerics.Tests.Harness;
using RnnGen.Numerics.Tests.Models;
using RnnGen.Numerics.Tests.Reference;

namespace RnnGen.Numerics.Tests.Files;

/// <summary>Models through files: the same model comes back, and another one does not take its place.</summary>
public sealed class SaveLoadTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public static TheoryData<string> Models => ModelCatalog.Names(_ => true);

    public void Dispose() => File.Delete(_path);

    [Theory]
    [MemberData(nameof(Models))]
    public void Load_OwnFile_ComputesTheSameBits(string name)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        if (facts.IsDouble)
        {
            CheckRoundTrip<double>(facts);
        }
        else
        {
            CheckRoundTrip<float>(facts);
        }
    }

    // Tensors of equal names and shapes, whose equations differ.
    [Theory]
    [InlineData(nameof(EchoGru), nameof(EchoResetAfter), "'gru'", "ResetAfter = false", "ResetAfter = true")]
    [InlineData(nameof(EchoResetAfter), nameof(EchoGru), "'gru'", "ResetAfter = true", "ResetAfter = false")]
    [InlineData(
        nameof(EchoRelu), nameof(EchoRnn), "'rnn'", "Activation = Activation.Relu", "Activation = Activation.Tanh")]
    [InlineData(
        nameof(TanhOnly), nameof(SigmoidOnly), "'dense'", "Activation = Activation.Tanh",
        "Activation = Activation.Sigmoid")]
    public void Load_FileOfTheOtherOption_SaysWhatToWrite(
        string name, string other, string layer, string choice, string otherChoice)
    {
        TestedModel<float>.Create(ModelCatalog.Find(other)).Save(_path);
        string message = Refusal<float>(name, _path);
        Assert.Contains($"Layer {layer} has {choice}", message, StringComparison.Ordinal);
        Assert.Contains($"write {otherChoice}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PyTorchsGruIntoTheOtherForm_SaysWhatToWrite()
    {
        string path = new StoredCase(ModelCatalog.Find(nameof(TorchGru))).WeightsPath;
        string message = Refusal<double>(nameof(ResetBefore), path);
        Assert.Contains("does not record ResetAfter", message, StringComparison.Ordinal);
        Assert.Contains("write ResetAfter = true", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_Options_AreTextsBesideTheFormat()
    {
        TestedModel<double>.Create(ModelCatalog.Find(nameof(LinearBetween))).Save(_path);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["format"] = "pt",
                ["rnngen:dense.Activation"] = "Linear",
                ["rnngen:lstm.Cell"] = "Lstm",
                ["rnngen:lstm.Residual"] = "false",
                ["rnngen:dense1.Activation"] = "Linear",
                ["rnngen:gru.Cell"] = "Gru",
                ["rnngen:gru.Residual"] = "false",
                ["rnngen:gru.ResetAfter"] = "false",
                ["rnngen:dense2.Activation"] = "Linear",
                ["rnngen:dense3.Activation"] = "Linear",
            },
            new TensorFile(_path).Metadata);
    }

    private static string Refusal<T>(string name, string path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Assert.Throws<InvalidDataException>(() => TestedModel<T>.Load(ModelCatalog.Find(name), path)).Message;

    private void CheckRoundTrip<T>(ModelFacts facts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TestedModel<T> model = TestedModel<T>.Create(facts);
        model.Randomize(seed: 3);
        model.Save(_path);
        TestedModel<T> again = TestedModel<T>.Load(facts, _path);
        Sample<T> sample = Sample<T>.Draw(facts, BatchKind.Ragged, seed: 4);
        Assert.Equal(model.Weights(), again.Weights());
        Assert.Equal(model.Forward(sample), again.Forward(sample));
    }
}
