using System.Collections.Immutable;
using RnnGen.Weights;

namespace RnnGen.Tests.Weights;

/// <summary>Two biases of a file that are one number of a model: each stays what it was set to.</summary>
public class SecondBiasTests
{
    private const string First = "cell.bias_ih";
    private const string Second = "cell.bias_hh";

    // The second gate is negated in files; the second bias stands first.
    private static readonly ImmutableArray<TensorMap> Tensors =
    [
        new(Second, [4], [Gate(0, 1, TensorPartRole.Addend), Gate(1, -1, TensorPartRole.Addend)]),
        new(First, [4], [Gate(0, 1, TensorPartRole.Value), Gate(1, -1, TensorPartRole.Value)]),
    ];

    private static readonly float[] Ones = [1, -1, 1e-3f, -0.1f];
    private static readonly float[] Quarters = [0.25f, 0.5f, -0.75f, 0.3f];
    private static readonly float[] Zeros = new float[4];

    [Theory]
    [InlineData(First, Second)]
    [InlineData(Second, First)]
    [InlineData(Second, Second, Second, First)]
    [InlineData(First, Second, First, Second, First)]
    public void Set_AnyOrderAndNumberOfTimes_LeavesWhatWasSet(params string[] order)
    {
        var arena = new ParameterArena<float>(16, Tensors);
        foreach (string name in order)
        {
            arena.Set(name, name == First ? Ones : Quarters);
        }

        AssertHas(arena, Ones, Quarters);
        Assert.Equal([1.25f, -0.5f], arena.Arena.Span[..2]);
        Assert.Equal(-(1e-3f + -0.75f), arena.Arena.Span[4]);
    }

    [Fact]
    public void Set_SecondBiasOfATrainedModel_IsAddedToTheSumOnce()
    {
        var arena = new ParameterArena<float>(16, Tensors);
        arena.Set(First, Ones);
        arena.Set(Second, Quarters);
        arena.Arena.Span[0] = 7;
        arena.Touch();
        Assert.Equal([7, -1, 1e-3f, -0.1f], arena.Get(First));
        Assert.Equal([0, 0.5f, -0.75f, 0.3f], arena.Get(Second));

        arena.Set(Second, Ones);
        arena.Set(Second, Ones);

        Assert.Equal(8, arena.Arena.Span[0]);
        AssertHas(arena, [7, -1, 1e-3f, -0.1f], Ones);
    }

    [Fact]
    public void Restore_OldNumbers_HaveTheirOldParts()
    {
        var arena = new ParameterArena<float>(16, Tensors);
        arena.Set(First, Ones);
        arena.Set(Second, Quarters);
        float[] kept = arena.Arena.Span.ToArray();
        arena.Arena.Span.Fill(3);
        kept.CopyTo(arena.Arena.Span);
        AssertHas(arena, Ones, Quarters);
    }

    [Fact]
    public void Initialize_AfterSet_ForgetsBoth()
    {
        var arena = new ParameterArena<float>(16, Tensors);
        arena.Set(First, [1, 1, 1, 1]);
        arena.Set(Second, [-1, -1, -1, -1]);
        arena.Initialize(1);
        AssertHas(arena, Zeros, Zeros);
    }

    [Fact]
    public void Set_NotFinite_IsGivenBackAndOverwritten()
    {
        var arena = new ParameterArena<float>(16, Tensors);
        float[] infinite = [float.PositiveInfinity, float.NegativeInfinity, float.NaN, float.MaxValue];
        float[] opposite = [float.NegativeInfinity, 1, 2, float.MaxValue];
        arena.Set(First, infinite);
        arena.Set(Second, opposite);
        Assert.True(float.IsNaN(arena.Arena.Span[0]));
        AssertHas(arena, infinite, opposite);
        arena.Set(First, Ones);
        arena.Set(Second, Quarters);
        AssertHas(arena, Ones, Quarters);
    }

    [Fact]
    public void SaveAndLoad_BiasesOfAFile_AreTheSameBitsAgain()
    {
        using MemoryStream file = WeightFile.Of(Tensors, name => name == First ? 0.1f : -0.7f);
        var arena = new ParameterArena<float>(16, Tensors);
        arena.Load(file);
        file.Position = 0;
        arena.Load(file);
        using var again = new MemoryStream();
        arena.Save(again);
        Assert.Equal(file.ToArray()[^32..], again.ToArray()[^32..]);
        Assert.Equal(0.1f + -0.7f, arena.Arena.Span[0]);
    }

    // Zeros of either sign, sums that round, and sums that are not the pair's any more.
    [Theory]
    [InlineData(0f, 1)]
    [InlineData(0f, -1)]
    [InlineData(1e-30f, 1)]
    [InlineData(123.456f, -1)]
    public void SaveAndLoad_AnySum_IsTheSameBitForBit(float size, int sign)
    {
        float sum = size * sign;
        var arena = new ParameterArena<float>(16, Tensors);
        arena.Set(Second, Quarters);
        foreach (int place in (int[])[0, 1, 4, 5])
        {
            arena.Arena.Span[place] = sum;
        }

        using var file = new MemoryStream();
        arena.Save(file);
        file.Position = 0;
        var loaded = new ParameterArena<float>(16, Tensors);
        loaded.Load(file);

        Assert.Equal(Bits(arena), Bits(loaded));
        Assert.Equal(Zeros, loaded.Get(Second));
    }

    [Fact]
    public void Load_SumThatIsNotFinite_NamesThePair()
    {
        using MemoryStream file = WeightFile.Of(Tensors, _ => float.MaxValue);
        var arena = new ParameterArena<float>(16, Tensors);
        arena.Set(First, Ones);
        arena.Set(Second, Quarters);
        string message = Assert.Throws<InvalidDataException>(() => arena.Load(file)).Message;
        Assert.Contains($"'{Second}'", message, StringComparison.Ordinal);
        AssertHas(arena, Ones, Quarters);
    }

    [Fact]
    public void Constructor_AddendWithoutAValue_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new ParameterArena<float>(16, [Tensors[0]]));
        Assert.Throws<ArgumentException>(
            () => new ParameterArena<float>(16, [.. Tensors, Tensors[0] with { Name = "third" }]));
    }

    private static int[] Bits(ParameterArena<float> arena) =>
        [.. arena.Arena.Span.ToArray().Select(BitConverter.SingleToInt32Bits)];

    private static void AssertHas(ParameterArena<float> arena, float[] first, float[] second)
    {
        Assert.Equal(first, arena.Get(First));
        Assert.Equal(second, arena.Get(Second));
    }

    private static TensorPart Gate(int gate, double sign, TensorPartRole role) =>
        new(gate * 2, 2, 1, new RowMap(gate * 4, 1), sign, role, null);
}
