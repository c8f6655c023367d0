using System.Collections.Immutable;
using RnnGen.Weights;

namespace RnnGen.Tests.Weights;

/// <summary>Options that decide what tensors mean, in files and against them.</summary>
public class RecordedOptionTests
{
    private static readonly ImmutableArray<TensorMap> Tensors =
        [new("gru.weight", [2, 3], [new(0, 2, 3, new RowMap(0, 4), 1, TensorPartRole.Value, null)])];

    private static readonly RecordedOption ResetAfter =
        new() { Layer = "gru", Name = "ResetAfter", Value = "false", Assumed = "true" };

    private static readonly RecordedOption Function =
        new() { Layer = "upper.rnn", Name = "Function", Value = "Relu", EnumName = "Activation" };

    private static readonly RecordedOption Cell = new() { Layer = "gru", Name = "Cell", Value = "Gru" };

    [Fact]
    public void Load_FileOfAnotherCell_IsRefusedWithWhatToWrite() => Refuses(
        Saved(Cell with { Value = "Lstm" }),
        "Layer 'gru' has the cell Gru, but the file was saved with the cell Lstm, where the same tensors mean "
            + "something else: write [Lstm(…)] in place of the layer's attribute.",
        Cell);

    // Which may be a new name of the same.
    [Fact]
    public void Load_FileOfACellOfOnesOwn_IsRefusedWithBothWaysOut() => Refuses(
        Saved(Cell with { Value = "My.Gru" }),
        "Layer 'gru' has the cell Gru, but the file was saved with the cell My.Gru, where the same tensors mean "
            + "something else: write [Recurrent<My.Gru>(…)], or an attribute derived from it, in place of the layer's "
            + "attribute. If the file is of the cell Gru all the same, its metadata must have "
            + "\"rnngen:gru.Cell\": \"Gru\".",
        Cell);

    [Fact]
    public void Load_FileWithoutRecordOfTheCell_IsRead()
    {
        using MemoryStream file = WeightFile.Of(Tensors, _ => 4);
        ParameterArena<double> arena = Create(Cell);
        arena.Load(file);
        Assert.All(arena.Get("gru.weight"), value => Assert.Equal(4, value));
    }

    // It has no such option, so it is not taken to be PyTorch's; what it says is another matter.
    [Fact]
    public void Load_FileOfAnotherCell_IsNotBlamedForOptionsThatItDoesNotRecord()
    {
        using MemoryStream file = Saved(Cell with { Value = "Lstm" }, Function with { Value = "Tanh" });
        string message = Refusal(file, Cell, ResetAfter, Function);
        Assert.Contains("[Lstm(…)]", message, StringComparison.Ordinal);
        Assert.Contains("Function = Activation.Tanh", message, StringComparison.Ordinal);
        Assert.DoesNotContain("ResetAfter", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EndlessCell_IsRefusedInFewWords()
    {
        using MemoryStream file = Saved(Cell with { Value = new string('x', 100_000) });
        Assert.InRange(Refusal(file, Cell).Length, 100, 600);
    }

    [Fact]
    public void Save_Options_AreMetadataBesideTheFormat()
    {
        using MemoryStream file = Saved(ResetAfter, Function);
        Assert.Equal(
            ["format = pt", "rnngen:gru.ResetAfter = false", "rnngen:upper.rnn.Function = Relu"],
            Safetensors.ReadHeader(file).Metadata.Select(pair => $"{pair.Key} = {pair.Value}").Order());
    }

    [Fact]
    public void Load_FileOfTheSameOptions_IsRead()
    {
        using MemoryStream file = Saved(ResetAfter, Function);
        ParameterArena<double> loaded = Create(ResetAfter, Function);
        loaded.Load(file);
        Assert.Equal([1.0, 2, 3, 4, 5, 6], loaded.Get("gru.weight"));
    }

    [Fact]
    public void Load_FileOfAnotherFlag_IsRefusedWithWhatToWrite() => Refuses(
        Saved(ResetAfter with { Value = "true" }),
        "Layer 'gru' has ResetAfter = false, but the file was saved with ResetAfter = true, where the same tensors "
            + "mean something else: write ResetAfter = true in the layer's attribute.",
        ResetAfter);

    [Fact]
    public void Load_FileOfAnotherEnumMember_IsRefusedWithWhatToWrite() => Refuses(
        Saved(Function with { Value = "Tanh" }),
        "Layer 'upper.rnn' has Function = Activation.Relu, but the file was saved with Function = Activation.Tanh, "
            + "where the same tensors mean something else: write Function = Activation.Tanh in the layer's attribute.",
        Function);

    [Fact]
    public void Load_FileWithoutRecordThatIsTakenToBeAnother_IsRefusedWithWhatToWrite() => Refuses(
        WeightFile.Of(Tensors, _ => 1),
        "Layer 'gru' has ResetAfter = false, but the file does not record ResetAfter, as PyTorch's do not, and is "
            + "taken to be of ResetAfter = true: write ResetAfter = true in the layer's attribute. If the file is of "
            + "ResetAfter = false all the same, its metadata must have \"rnngen:gru.ResetAfter\": \"false\".",
        ResetAfter,
        Function);

    [Fact]
    public void Load_FileThatIsMarkedAsTheRefusalSays_IsRead()
    {
        using MemoryStream file = WeightFile.Of(
            Tensors,
            _ => 3,
            metadata: ImmutableDictionary<string, string>.Empty.Add("rnngen:gru.ResetAfter", "false"));
        ParameterArena<double> arena = Create(ResetAfter);
        arena.Load(file);
        Assert.All(arena.Get("gru.weight"), value => Assert.Equal(3, value));
    }

    [Fact]
    public void Load_FileWithoutRecordThatFits_IsRead()
    {
        using MemoryStream file = WeightFile.Of(Tensors, _ => 2);
        ParameterArena<double> arena = Create(ResetAfter with { Value = "true" }, Function);
        arena.Load(file);
        Assert.All(arena.Get("gru.weight"), value => Assert.Equal(2, value));
    }

    [Fact]
    public void Load_SeveralOtherOptions_NamesThemAll()
    {
        using MemoryStream file = Saved(ResetAfter with { Value = "true" }, Function with { Value = "Tanh" });
        string message = Refusal(file, ResetAfter, Function);
        Assert.Contains("ResetAfter = true", message, StringComparison.Ordinal);
        Assert.Contains("Function = Activation.Tanh", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EndlessValue_IsRefusedInFewWords()
    {
        using MemoryStream file = Saved(ResetAfter with { Value = new string('x', 100_000) });
        Assert.InRange(Refusal(file, ResetAfter).Length, 100, 600);
    }

    [Fact]
    public void Load_OtherTensorsAndOtherOption_IsRefusedForTheTensors()
    {
        ImmutableArray<TensorMap> others =
            [new("rnn.weight", [2, 3], [new(0, 2, 3, new RowMap(0, 4), 1, TensorPartRole.Value, null)])];
        using MemoryStream file = WeightFile.Of(others, _ => 1);
        string message = Refusal(file, ResetAfter);
        Assert.Contains("'rnn.weight'", message, StringComparison.Ordinal);
        Assert.DoesNotContain("ResetAfter", message, StringComparison.Ordinal);
    }

    private static void Refuses(MemoryStream file, string message, params RecordedOption[] options)
    {
        using (file)
        {
            Assert.Equal(message, Refusal(file, options));
        }
    }

    // The message; and that nothing was touched.
    private static string Refusal(MemoryStream file, params RecordedOption[] options)
    {
        ParameterArena<double> arena = Create(options);
        int version = arena.Version;
        string message = Assert.Throws<InvalidDataException>(() => arena.Load(file)).Message;
        Assert.Equal([1.0, 2, 3, 4, 5, 6], arena.Get("gru.weight"));
        Assert.Equal(version, arena.Version);
        return message;
    }

    private static MemoryStream Saved(params RecordedOption[] options)
    {
        var file = new MemoryStream();
        Create(options).Save(file);
        file.Position = 0;
        return file;
    }

    private static ParameterArena<double> Create(params RecordedOption[] options)
    {
        var arena = new ParameterArena<double>(8, Tensors) { Options = [.. options] };
        arena.Set("gru.weight", [1, 2, 3, 4, 5, 6]);
        return arena;
    }
}
