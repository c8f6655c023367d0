namespace RnnGen.Kernels;

/// <summary>The instruction sets that kernels are written for, from the narrowest to the widest.</summary>
public enum SimdTarget
{
    /// <summary>One number at a time: the reference the others are checked against.</summary>
    Scalar,

    /// <summary>128 bits: SSE on x86-64, AdvSimd on Arm64.</summary>
    Vector128,

    /// <summary>256 bits: AVX2 and FMA.</summary>
    Avx2,

    /// <summary>512 bits: AVX-512 F, BW, DQ and VL.</summary>
    Avx512,
}
