using RnnGen.Initialization;
using RnnGen.Kernels;

namespace RnnGen.Tests.Initialization;

public sealed class InitializerTests
{
    /// <summary>Every initializer of the runtime: whoever adds one gets these tests.</summary>
    public static TheoryData<Type> All
        => [.. typeof(IInitializer).Assembly.GetTypes().Where(IsInitializer)];

    [Theory]
    [MemberData(nameof(All))]
    public void Fill_SameRandom_GivesTheSameFiniteMatrix(Type type)
    {
        var initializer = Create(type);
        double[] first = Filled(initializer, 13, 7, seed: 4);
        Assert.All(first, value => Assert.True(double.IsFinite(value)));
        Assert.Equal(first, Filled(initializer, 13, 7, seed: 4));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Fill_WrongLength_Throws(Type type)
    {
        Assert.Throws<ArgumentException>("values", () => Create(type).Fill(new double[11], 3, 4, new CounterRandom(0)));
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => Create(type).Fill([], 0, 4, new CounterRandom(0)));
        Assert.Throws<ArgumentOutOfRangeException>("columns", () => Create(type).Fill([], 3, 0, new CounterRandom(0)));
    }

    [Fact]
    public void Zeros_Fill_ClearsWhatWasThere()
    {
        double[] values = [1, 2];
        new Zeros().Fill(values, 1, 2, new CounterRandom(0));
        Assert.Equal([0, 0], values);
    }

    [Fact]
    public void Constant_Fill_SetsEveryNumber() => Assert.Equal([1.5, 1.5, 1.5], Filled(new Constant(1.5), 3, 1));

    [Fact]
    public void XavierUniform_Fill_SpreadsEvenlyOverItsRange()
    {
        const double end = 2 * 0.1;
        double[] values = Filled(new XavierUniform { Gain = 2 }, 400, 200);
        double sigmas = Tolerances.Sigmas / Math.Sqrt(values.Length);
        Assert.All(values, value => Assert.InRange(value, -end, end));
        Assert.Equal(0, values.Average(), sigmas * end / Math.Sqrt(3));
        Assert.Equal(end * end / 3, values.Average(x => x * x), sigmas * end * end * Math.Sqrt(4.0 / 45));
    }

    [Fact]
    public void Normal_Fill_HasItsMeanAndDeviation()
    {
        double[] values = Filled(new Normal { Mean = -1, StandardDeviation = 0.5 }, 400, 200);
        double sigmas = Tolerances.Sigmas / Math.Sqrt(values.Length);
        Assert.Equal(-1, values.Average(), 0.5 * sigmas);
        Assert.Equal(0.25, values.Average(x => (x + 1) * (x + 1)), 0.25 * Math.Sqrt(2) * sigmas);
    }

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Gain", () => new XavierUniform { Gain = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Gain", () => new Orthogonal { Gain = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("Mean", () => new Normal { Mean = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("StandardDeviation", () => new Normal { StandardDeviation = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new Constant(double.PositiveInfinity));
    }

    internal static double[] Filled(IInitializer initializer, int rows, int columns, ulong seed = 1)
    {
        double[] values = new double[rows * columns];
        initializer.Fill(values, rows, columns, new CounterRandom(seed));
        return values;
    }

    private static bool IsInitializer(Type type) => type.IsClass && type.IsAssignableTo(typeof(IInitializer));

    private static IInitializer Create(Type type)
        => (IInitializer)(type == typeof(Constant) ? new Constant(2) : Activator.CreateInstance(type)!);
}
