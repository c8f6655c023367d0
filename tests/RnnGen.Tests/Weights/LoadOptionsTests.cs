using System.Collections.Immutable;
using RnnGen.Weights;

namespace RnnGen.Tests.Weights;

/// <summary>Files that others named, and layers without biases.</summary>
public class LoadOptionsTests
{
    private static readonly ImmutableArray<TensorMap> Tensors =
    [
        Tensor("lstm.weight_ih_l0", 0, 4, 3),
        Tensor("lstm.weight_hh_l0", 12, 4, 1),
        Tensor("lstm.bias_ih_l0", 16, 4),
        new("lstm.bias_hh_l0", [4], [new(0, 4, 1, new RowMap(16, 1), 1, TensorPartRole.Addend, null)]),
        Tensor("dense.weight", 20, 2, 1),
        Tensor("dense.bias", 22, 2),
    ];

    private static readonly ImmutableArray<TensorMap> Recurrent = [.. Tensors[..4]];

    public static TheoryData<string, string> Prefixes() => new()
    {
        { "module.", "" },
        { "", "lstm." },
        { "encoder.rnn.", "lstm." },
        { "net.", "dense." },
    };

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void Load_NamesOfAnotherPrefix_AreRefusedWithTheOptionsThatReadThem(string file, string model)
    {
        ImmutableArray<TensorMap> tensors = model == "lstm." && file.Length == 0 ? Recurrent : Tensors;
        string FileName(string name) => name.StartsWith(model, StringComparison.Ordinal)
            ? file + name[model.Length..]
            : name;
        byte[] bytes = File(tensors, FileName);
        var arena = new ParameterArena<float>(32, tensors);

        string message = Assert.Throws<InvalidDataException>(() => arena.Load(bytes)).Message;
        string[] settings =
        [
            .. file.Length > 0 ? [$"FilePrefix = \"{file}\""] : (string[])[],
            .. model.Length > 0 ? [$"ModelPrefix = \"{model}\""] : (string[])[],
        ];
        Assert.EndsWith(
            $" The names differ by a prefix only: load the file with 'options: new LoadOptions {{ "
                + $"{string.Join(", ", settings)} }}'.",
            message,
            StringComparison.Ordinal);

        arena.Load(bytes, new LoadOptions { FilePrefix = file, ModelPrefix = model });
        AssertLoaded(arena, tensors);
    }

    [Fact]
    public void Load_Rename_IsAskedForEveryName()
    {
        byte[] bytes = File(Tensors, name => name.ToUpperInvariant());
        var arena = new ParameterArena<float>(32, Tensors);
        Assert.DoesNotContain(
            "LoadOptions", Assert.Throws<InvalidDataException>(() => arena.Load(bytes)).Message,
            StringComparison.Ordinal);
        arena.Load(bytes, new LoadOptions { Rename = name => name.ToUpperInvariant() });
        AssertLoaded(arena, Tensors);
    }

    [Fact]
    public void Load_WithoutBiases_IsRefusedUnlessTheyAreZero()
    {
        ImmutableArray<TensorMap> others = [.. Tensors.Where(tensor => !tensor.Name.Contains("bias"))];
        byte[] bytes = File(others, name => name);
        var arena = new ParameterArena<float>(32, Tensors);
        arena.Arena.Span.Fill(9);
        arena.Touch();
        string message = Assert.Throws<InvalidDataException>(() => arena.Load(bytes)).Message;
        Assert.Contains("'lstm.bias_hh_l0' [4]", message, StringComparison.Ordinal);
        Assert.EndsWith(
            "'options: new LoadOptions { MissingBiasesAreZero = true }'.", message, StringComparison.Ordinal);

        arena.Load(bytes, new LoadOptions { MissingBiasesAreZero = true });
        AssertLoaded(arena, others);
        foreach (TensorMap bias in Tensors.Except(others))
        {
            Assert.All(arena.Get(bias.Name), value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Load_OnlyOneOfTwoBiases_TakesTheOtherForZero()
    {
        byte[] bytes = File([.. Tensors.Where(tensor => tensor.Name != "lstm.bias_ih_l0")], name => name);
        var arena = new ParameterArena<float>(32, Tensors);
        arena.Load(bytes, new LoadOptions { MissingBiasesAreZero = true });
        Assert.Equal(arena.Get("lstm.bias_hh_l0"), arena.Arena.Span.Slice(16, 4));
        Assert.All(arena.Get("lstm.bias_ih_l0"), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Load_WithoutBiasesAndOfAnotherPrefix_SaysBoth()
    {
        ImmutableArray<TensorMap> others = [.. Tensors.Where(tensor => !tensor.Name.Contains("bias"))];
        var arena = new ParameterArena<float>(32, Tensors);
        byte[] bytes = File(others, name => "module." + name);
        Assert.EndsWith(
            "'options: new LoadOptions { FilePrefix = \"module.\", MissingBiasesAreZero = true }'.",
            Assert.Throws<InvalidDataException>(() => arena.Load(bytes)).Message, StringComparison.Ordinal);
        arena.Load(bytes, new LoadOptions { FilePrefix = "module.", MissingBiasesAreZero = true });
        AssertLoaded(arena, others);
    }

    [Fact]
    public void Load_MissingWeight_IsRefusedWhateverTheOptions()
    {
        byte[] bytes = File([.. Tensors.Where(tensor => tensor.Name != "dense.weight")], name => name);
        string message = Assert.Throws<InvalidDataException>(() => new ParameterArena<float>(32, Tensors).Load(
            bytes, new LoadOptions { MissingBiasesAreZero = true })).Message;
        Assert.Contains("'dense.weight' [2, 1]", message, StringComparison.Ordinal);
        Assert.DoesNotContain("LoadOptions", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingUnderTheNameOfTheOptions_NamesBoth() => Assert.Contains(
        "'x.dense.weight' [2, 1] for 'dense.weight'",
        Assert.Throws<InvalidDataException>(() => new ParameterArena<float>(32, Tensors).Load(
            File(Tensors, name => name), new LoadOptions { FilePrefix = "x." })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Load_OptionsThatContradictThemselves_AreRefusedBeforeTheFileIsRead()
    {
        var arena = new ParameterArena<float>(32, Tensors);
        Refuses(new() { Rename = _ => "same" }, "'lstm.weight_ih_l0' and 'lstm.weight_hh_l0'");
        Refuses(new() { Rename = _ => null! }, "null for 'lstm.weight_ih_l0'");
        Refuses(new() { Rename = name => name, FilePrefix = "a." }, "'a.'");
        Refuses(new() { ModelPrefix = "gru." }, "'gru.'");
        Assert.Throws<ArgumentNullException>(
            nameof(LoadOptions.FilePrefix), () => new LoadOptions { FilePrefix = null! });
        Assert.Throws<ArgumentNullException>(
            nameof(LoadOptions.ModelPrefix), () => new LoadOptions { ModelPrefix = null! });

        void Refuses(LoadOptions options, string part) => Assert.Contains(
            part, Assert.Throws<ArgumentException>("options", () => arena.Load(Stream.Null, options)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rnngen:encoder.ResetAfter", true)]
    [InlineData("rnngen:lstm.ResetAfter", true)]
    [InlineData("rnngen:dense.ResetAfter", false)]
    public void Load_OptionOfARenamedLayer_IsLookedUpUnderEitherName(string key, bool isFound)
    {
        var option = new RecordedOption { Layer = "lstm", Name = "ResetAfter", Value = "true" };
        var arena = new ParameterArena<float>(32, Tensors) { Options = [option] };
        byte[] bytes = File(
            Tensors, name => name.Replace("lstm.", "encoder.", StringComparison.Ordinal),
            ImmutableDictionary<string, string>.Empty.Add(key, "false"));
        var options = new LoadOptions { FilePrefix = "encoder.", ModelPrefix = "lstm." };
        if (isFound)
        {
            Assert.Contains(
                "Layer 'lstm'", Assert.Throws<InvalidDataException>(() => arena.Load(bytes, options)).Message,
                StringComparison.Ordinal);
        }
        else
        {
            arena.Load(bytes, options);
        }
    }

    private static void AssertLoaded(ParameterArena<float> arena, ImmutableArray<TensorMap> tensors)
    {
        foreach (TensorMap tensor in tensors)
        {
            Assert.All(arena.Get(tensor.Name), value => Assert.Equal(Number(tensor.Name), value));
        }
    }

    private static byte[] File(
        ImmutableArray<TensorMap> tensors, Func<string, string> rename,
        ImmutableDictionary<string, string>? metadata = null)
    {
        Dictionary<string, float> numbers = tensors.ToDictionary(
            tensor => rename(tensor.Name), tensor => Number(tensor.Name));
        return WeightFile.Of(
            [.. tensors.Select(tensor => tensor with { Name = rename(tensor.Name) })], name => numbers[name],
            metadata: metadata).ToArray();
    }

    private static float Number(string name) => Tensors.Select(tensor => tensor.Name).ToList().IndexOf(name) + 1;

    private static TensorMap Tensor(string name, int offset, int rows, int? columns = null) => new(
        name,
        columns is { } width ? [rows, width] : [rows],
        [new(0, rows, columns ?? 1, new RowMap(offset, columns ?? 1), 1, TensorPartRole.Value, null)]);
}
