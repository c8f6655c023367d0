using RnnGen.Kernels;
namespace RnnGen.Numerics.Tests.Harness;
public static class ModelCatalog
{
    public static IReadOnlyList<SimdTarget> Targets { get; } = [.. Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported)];
}
