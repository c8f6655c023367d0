namespace RnnGen.Generator.Tests.Emission;

/// <summary>What holds for every generated file, whatever is in it.</summary>
public sealed class FileTests
{
    private const int MostColumns = 120;

    public static TheoryData<string> Layers =>
    [
        "Embedding(96, 48), Lstm(128, Layers = 2, Dropout = 0.1f), Dense(96), CrossEntropy",
        "Input(3), Gru(32), Dense(1), MeanSquaredError",
        "Input(3), Gru(33, ResetAfter = true, Layers = 2), Dropout(0.5f), Dense(1), MeanSquaredError",
        "Embedding(20_000, 64), Lstm(64, Layers = 2, Bidirectional = true, Dropout = 0.5f), Dense(17), CrossEntropy",
        "Embedding(60, 32), Gru(64, Bidirectional = true), Last, Dense(18), CrossEntropy",
        "Embedding(60, 32), PeepholeLstm(7, Bidirectional = true), Max, Dense(18, Activation = Activation.Tanh), "
            + "Dense(2), CrossEntropy",
        "Input(1), Rnn(1), Mean, Dense(1, Activation = Activation.Sigmoid), MeanSquaredError",
        "Input(13), Rnn(130, Activation = Activation.Relu)",
    ];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Lines_OfEveryFile_AreInOrder(string layers)
    {
        var run = GeneratorHarness.Run(Model(layers));
        Assert.NotEmpty(run.Files);
        Offences.AssertNone(run.Files.SelectMany(Faults));
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Code_InAStrictProject_CompilesWithoutWarning(string layers)
    {
        var strict = ProjectSettings.Usual with { ReadsDocumentation = true };
        var doubled = Model(layers, "Precision = Precision.Double", "Doubled");
        GeneratorHarness.Run(strict, Model(layers), doubled).AssertCompiles();
    }

    private static string Model(string layers, string options = "", string name = "Model") =>
        $"using RnnGen; [SequenceModel({options}), {layers}] public partial class {name};";

    private static IEnumerable<string> Faults(GeneratedFile file)
    {
        if (!file.Text.EndsWith('\n') || file.Text.EndsWith("\n\n", StringComparison.Ordinal))
            yield return $"{file.HintName} does not end with one line end";
        var lines = file.Text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Contains('\r') || lines[i].Contains('\t'))
                yield return $"{file.HintName}({i + 1}): a tab or a carriage return";
            if (lines[i].Length != lines[i].TrimEnd().Length)
                yield return $"{file.HintName}({i + 1}): spaces at the end";
            if (new System.Globalization.StringInfo(lines[i]).LengthInTextElements > MostColumns)
                yield return $"{file.HintName}({i + 1}): {lines[i].Length} columns: {lines[i].Trim()}";
        }
    }
}
