using System.Runtime.CompilerServices;

namespace RnnGen.Kernels;

/// <summary>How kernels over lanes are compiled.</summary>
internal static class KernelOptions
{
    /// <summary>
    /// Fully before the first call, and never into a caller: there the compiler might run out of its budget and leave
    /// lanes' operations as calls.
    /// </summary>
    public const MethodImplOptions Kernel = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
}
