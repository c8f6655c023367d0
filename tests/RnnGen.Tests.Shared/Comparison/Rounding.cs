using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RnnGen.Kernels;

namespace RnnGen.Tests.Comparison;

/// <summary>
/// Whether a target's multiply-adds round once. Then every sum of a forward pass is the same to the last bit, whatever
/// the width of a vector and the machine. They round twice in 128-bit and scalar code where the compiler may not assume
/// FMA: on old x86, and in NativeAOT programs for it.
/// </summary>
public static class Rounding
{
    // Its square is 1 + 2⁻¹¹ + 2⁻²⁴, and the last term is lost where the product is rounded.
    private const float Probe = 1 + (1f / 4096);

    private const float RoundedSquare = 1 + (1f / 2048);

    public static bool IsOnce(SimdTarget target) => target switch
    {
        SimdTarget.Scalar => Scalar(Probe) != 0,
        SimdTarget.Vector128 => Vector(Vector128.Create(Probe)) != Vector128<float>.Zero,
        _ => true,
    };

    // Not inlined: a compiler that knew the argument would work the result out in its own way.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Scalar(float probe) => float.MultiplyAddEstimate(probe, probe, -RoundedSquare);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<float> Vector(Vector128<float> probe) =>
        Vector128.MultiplyAddEstimate(probe, probe, Vector128.Create(-RoundedSquare));
}
