using System.Numerics;
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
