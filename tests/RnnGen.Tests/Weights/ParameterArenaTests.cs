using System.Collections.Immutable;
using RnnGen.Initialization;
using RnnGen.Kernels;
using RnnGen.Weights;

namespace RnnGen.Tests.Weights;

public sealed class ParameterArenaTests : IDisposable
{
    // Where the weights start in the arena: behind the biases.
    private const int Weights = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("weights").FullName;

    // Two gates of 3 units over 2 inputs in panels, the second gate negated in files; a pair of biases; a table.
    private static readonly ImmutableArray<TensorMap> Tensors =
    [
        new("cell.weight", [6, 2], [Gate(0, 2, 1, TensorPartRole.Value), Gate(1, 2, -1, TensorPartRole.Value)]),
        new("cell.bias_hh", [6], [Gate(0, 1, 1, TensorPartRole.Addend), Gate(1, 1, -1, TensorPartRole.Addend)]),
        new("cell.bias_ih", [6], [Gate(0, 1, 1, TensorPartRole.Value), Gate(1, 1, -1, TensorPartRole.Value)]),
        new("table", [4, 3], [new(0, 4, 3, new RowMap(48, 4), 1, TensorPartRole.Value, new Uniform())]),
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Set_Get_ReturnsTheSameInEverySignAndLayout()
    {
        ParameterArena<float> arena = Create();
        int version = arena.Version;
        float[] weight = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        arena.Set("cell.weight", weight);
        Assert.Equal(weight, arena.Get("cell.weight"));
        Assert.NotEqual(version, arena.Version);

        // Unit 1 of the second gate, input 1: the file's 10, negated in the arena.
        Assert.Equal(-10, arena.Arena.Span[new PanelMap(Weights, 2, 2, 2, 4, 2, 1).IndexOf(1, 1)]);
    }

    [Fact]
    public void Read_GradientArena_GivesAddendsTheGradientOfTheirValue()
    {
        ParameterArena<float> arena = Create();
        var gradients = new Arena<float>(arena.Length);
        for (int i = 0; i < gradients.Length; i++)
        {
            gradients.Span[i] = i + 1;
        }

        float[] bias = arena.Read("cell.bias_ih", gradients);
        Assert.Equal(bias, arena.Read("cell.bias_hh", gradients));
        Assert.True(bias[0] > 0 && bias[3] < 0);
        Assert.Throws<ArgumentException>(() => arena.Read("cell.bias_ih", new Arena<float>(3)));
    }

    [Fact]
    public void Set_WrongNameOrLength_NamesThem()
    {
        ParameterArena<float> arena = Create();
        int version = arena.Version;
        Assert.Contains(
            "cell.weight", Assert.Throws<ArgumentException>(() => arena.Get("cell.wieght")).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "[6, 2]", Assert.Throws<ArgumentException>(() => arena.Set("cell.weight", new float[11])).Message,
            StringComparison.Ordinal);
        Assert.Equal(version, arena.Version);
    }

    [Fact]
    public void Initialize_SameSeed_SameNumbers_OtherSeed_Others()
    {
        ParameterArena<float> first = Create(7);
        ParameterArena<float> second = Create(7);
        ParameterArena<float> other = Create(8);
        Assert.Equal(first.Arena.Span, second.Arena.Span);
        Assert.NotEqual(first.Get("table"), other.Get("table"));
        Assert.Equal(12, first.Get("cell.weight").Distinct().Count());
        Assert.All(first.Get("cell.bias_ih"), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Initialize_TensorAlone_IsAsAmongOthers()
    {
        ParameterArena<float> all = Create(3);
        var alone = new ParameterArena<float>(64, [Tensors[3]]);
        alone.Initialize(3);
        Assert.Equal(all.Get("table"), alone.Get("table"));
    }

    [Fact]
    public void Save_Load_IsTheSameBitForBit()
    {
        ParameterArena<float> saved = Create(5);
        saved.Save(PathTo("a"));
        ParameterArena<float> loaded = Create(6);
        int version = loaded.Version;
        loaded.Load(PathTo("a"));
        Assert.Equal(saved.Arena.Span, loaded.Arena.Span);
        Assert.NotEqual(version, loaded.Version);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Load_OtherPrecision_IsRounded()
    {
        var wide = new ParameterArena<double>(64, Tensors);
        wide.Initialize(5);
        wide.Save(PathTo("wide"));
        ParameterArena<float> narrow = Create();
        narrow.Load(PathTo("wide"));
        Assert.Equal(wide.Get("table").Select(value => (float)value), narrow.Get("table"));

        narrow.Save(PathTo("narrow"));
        wide.Load(PathTo("narrow"));
        Assert.Equal(narrow.Get("table").Select(value => (double)value), wide.Get("table"));
    }

    [Fact]
    public void Load_SecondBias_IsAddedWhateverTheOrderInTheFile()
    {
        ParameterArena<float> arena = Create();
        using MemoryStream file = WeightFile.Of(
            Tensors, name => name switch { "cell.bias_hh" => 2, "cell.bias_ih" => 1, _ => 0 });
        arena.Load(file);
        Assert.All(arena.Get("cell.bias_ih"), value => Assert.Equal(1, value));
        Assert.All(arena.Get("cell.bias_hh"), value => Assert.Equal(2, value));
        Assert.Equal(3, arena.Arena.Span[0]);
    }

    [Fact]
    public void Load_MissingUnusedAndMisshapen_AreAllListedAndNothingIsWritten()
    {
        ImmutableArray<TensorMap> others =
        [
            Tensors[0],
            new("table", [3, 4], [new(0, 3, 4, new RowMap(48, 4), 1, TensorPartRole.Value, null)]),
            new("stranger", [2], [new(0, 2, 1, new RowMap(0, 1), 1, TensorPartRole.Value, null)]),
        ];
        new ParameterArena<float>(64, others).Save(PathTo("other"));
        ParameterArena<float> arena = Create(9);
        float[] before = arena.Arena.Span.ToArray();
        int version = arena.Version;

        string message = Assert.Throws<InvalidDataException>(() => arena.Load(PathTo("other"))).Message;

        Assert.Contains(PathTo("other"), message, StringComparison.Ordinal);
        Assert.Contains("'cell.bias_ih' [6]", message, StringComparison.Ordinal);
        Assert.Contains("'cell.bias_hh' [6]", message, StringComparison.Ordinal);
        Assert.Contains("'stranger' [2]", message, StringComparison.Ordinal);
        Assert.Contains("'table' has [3, 4], wanted [4, 3]", message, StringComparison.Ordinal);
        Assert.Equal(before, arena.Arena.Span);
        Assert.Equal(version, arena.Version);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Load_WeightNotFinite_IsRefusedAndNothingIsWritten(float bad)
    {
        ParameterArena<float> arena = Create(9);
        float[] before = arena.Arena.Span.ToArray();
        using MemoryStream file = WeightFile.Of(Tensors, name => name == "table" ? bad : 0);
        Assert.Contains(
            "'table'", Assert.Throws<InvalidDataException>(() => arena.Load(file)).Message, StringComparison.Ordinal);
        Assert.Equal(before, arena.Arena.Span);
    }

    [Fact]
    public void Load_DoubleTooLargeForFloat_IsRefused()
    {
        var wide = new ParameterArena<double>(64, Tensors);
        wide.Set("table", [.. Enumerable.Repeat(1e300, 12)]);
        wide.Save(PathTo("wide"));
        Assert.Throws<InvalidDataException>(() => Create().Load(PathTo("wide")));
    }

    [Fact]
    public void Load_IntegerTensor_IsRefusedByType()
    {
        using MemoryStream file = WeightFile.Of(Tensors, _ => 0, "I32");
        Assert.Contains(
            "'table' is I32", Assert.Throws<InvalidDataException>(() => Create().Load(file)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Save_WeightNotFinite_LeavesTheOldFile()
    {
        ParameterArena<float> arena = Create(5);
        arena.Save(PathTo("a"));
        byte[] before = File.ReadAllBytes(PathTo("a"));
        float[] table = arena.Get("table");
        table[7] = float.NaN;
        arena.Set("table", table);
        string message = Assert.Throws<InvalidOperationException>(() => arena.Save(PathTo("a"))).Message;
        Assert.Contains("'table'", message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(PathTo("a")));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Save_ThroughALink_ReplacesWhatItNames()
    {
        ParameterArena<float> arena = Create(5);
        File.WriteAllText(PathTo("real"), "old");
        File.CreateSymbolicLink(PathTo("link"), PathTo("real"));
        arena.Save(PathTo("link"));
        Assert.NotNull(new FileInfo(PathTo("link")).LinkTarget);
        ParameterArena<float> loaded = Create();
        loaded.Load(PathTo("real"));
        Assert.Equal(arena.Get("table"), loaded.Get("table"));
    }

    [Fact]
    public void Constructor_PartsThatDoNotCover_AreRefused()
    {
        TensorPart part = Tensors[3].Parts[0];
        Assert.Throws<ArgumentException>(() => new ParameterArena<float>(64, [new("t", [5, 3], [part])]));
        Assert.Throws<ArgumentException>(
            () => new ParameterArena<float>(64, [new("t", [4, 3], [part with { FirstRow = 1 }])]));
        Assert.Throws<ArgumentException>(
            () => new ParameterArena<float>(64, [new("t", [4, 3], [part with { Sign = 2 }])]));
        Assert.Throws<ArgumentException>(() => new ParameterArena<float>(64, [Tensors[3], Tensors[3]]));
    }

    // A gate's bias, or its weights.
    private static TensorPart Gate(int gate, int columns, double sign, TensorPartRole role) => columns == 1
        ? new(gate * 3, 3, 1, new PanelMap(0, 1, 2, 2, 4, 2, gate), sign, role, null)
        : new(gate * 3, 3, 2, new PanelMap(Weights, 2, 2, 2, 4, 2, gate), sign, role, new Uniform());

    private static ParameterArena<float> Create(ulong seed = 1)
    {
        var arena = new ParameterArena<float>(64, Tensors);
        arena.Initialize(seed);
        return arena;
    }

    private string PathTo(string name) => Path.Combine(_folder, name);

    private sealed class Uniform : IInitializer
    {
        public void Fill(Span<double> values, int rows, int columns, CounterRandom random)
        {
            foreach (ref double value in values)
            {
                value = random.NextUniform(-1, 1);
            }
        }
    }
}
