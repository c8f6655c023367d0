using System.Numerics;
using System.Reflection;
using System.Runtime.Loader;
using RnnGen.Kernels;

namespace RnnGen.Tests.Kernels;

public sealed class SimdTargetsTests
{
    [Fact]
    public void Best_IsSupported() => Assert.True(SimdTargets.IsSupported(SimdTargets.Best));

    [Fact]
    public void Scalar_IsAlwaysSupported() => Assert.True(SimdTargets.IsSupported(SimdTarget.Scalar));

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Run_Target_UsesItsLanes(SimdTarget target)
    {
        int bytes = SupportedTargets.VectorBytes(target);
        Assert.Equal(Math.Max(1, bytes / sizeof(float)), Count<float>(target));
        Assert.Equal(Math.Max(1, bytes / sizeof(double)), Count<double>(target));
    }

    [Fact]
    public void Run_NoTarget_Throws()
        => Assert.Throws<ArgumentOutOfRangeException>(() => Count<float>((SimdTarget)99));

    [Fact]
    public void Run_OtherNumber_Throws()
        => Assert.Throws<NotSupportedException>(() => Count<Half>(SimdTarget.Scalar));

    [Theory]
    [InlineData("avx1024")]
    [InlineData("1")]
    [InlineData("avx2,avx512")]
    public void Best_UnknownName_SaysWhichThereAre(string name)
    {
        var exception = Assert.IsType<InvalidOperationException>(Record.Exception(() => BestOf(name)));
        Assert.Contains($"RNNGEN_SIMD is '{name}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("scalar, vector128, avx2, avx512", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scalar", SimdTarget.Scalar)]
    [InlineData(" Scalar ", SimdTarget.Scalar)]
    [InlineData("VECTOR128", SimdTarget.Vector128)]
    public void Best_KnownName_IsThat(string name, SimdTarget expected) => Assert.Equal(expected, BestOf(name));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("avx512")]
    public void Best_NoNameOrTheWidest_IsTheProcessors(string name) => Assert.Equal(BestOf(null), BestOf(name));

    // Decided once: so in a copy of the assembly.
    private static SimdTarget BestOf(string? name)
    {
        _ = SimdTargets.Best;
        const string Variable = "RNNGEN_SIMD";
        string? before = Environment.GetEnvironmentVariable(Variable);
        var copy = new AssemblyLoadContext(nameof(BestOf), isCollectible: true);
        try
        {
            Environment.SetEnvironmentVariable(Variable, name);
            Type targets = copy.LoadFromAssemblyPath(typeof(SimdTargets).Assembly.Location)
                .GetType(typeof(SimdTargets).FullName!, throwOnError: true)!;
            MethodInfo best = targets.GetProperty(nameof(SimdTargets.Best))!.GetMethod!;
            return (SimdTarget)(int)best.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null)!;
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
            copy.Unload();
        }
    }

    private static int Count<T>(SimdTarget target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var work = default(CountWork);
        SimdTargets.Run<CountWork, T>(target, ref work);
        return work.Count;
    }

    private struct CountWork : ILanesWork
    {
        public int Count;

        public void Run<TLanes, T>()
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            => Count = TLanes.Count;
    }
}
