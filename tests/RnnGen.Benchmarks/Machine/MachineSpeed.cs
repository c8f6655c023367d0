using System.Globalization;
using RnnGen.Kernels;

namespace RnnGen.Benchmarks.Machine;

/// <summary>The limits of the machine at one moment.</summary>
/// <param name="FmaGflops">Multiply-adds of one core, each two operations, in GFLOP/s.</param>
/// <param name="BothGflops">The same of two cores at once; null with one core.</param>
/// <param name="Level1">Reads of one core from the first cache, in GB/s.</param>
/// <param name="Level2">Reads from the second.</param>
/// <param name="Level3">Reads from the third, or from memory where that is too small.</param>
/// <param name="CoreToCore">Nanoseconds that a number takes from one core to another; null with one core.</param>
internal sealed record MachineSpeed(
    double FmaGflops, double? BothGflops, double Level1, double Level2, double Level3, double? CoreToCore)
{
    private string Distance =>
        CoreToCore is { } time ? string.Create(CultureInfo.InvariantCulture, $"core_to_core_ns={time:f0} ") : "";

    private string Both =>
        BothGflops is { } both ? string.Create(CultureInfo.InvariantCulture, $"fma_gflops_of_two={both:f1} ") : "";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"machine fma_gflops={FmaGflops:f1} {Both}l1_gbs={Level1:f1} l2_gbs={Level2:f1} l3_gbs={Level3:f1} {Distance}"
        + $"simd={SimdTargets.Best} vector_bits={FmaPeak.VectorBits} cores={Environment.ProcessorCount}");
}
