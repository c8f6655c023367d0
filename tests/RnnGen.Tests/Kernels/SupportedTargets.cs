using RnnGen.Kernels;

namespace RnnGen.Tests.Kernels;

/// <summary>The targets of the running machine, and sizes that leave every kind of tail.</summary>
public static class SupportedTargets
{
    public static readonly int[] OddSizes = [1, 3, 7, 13, 33];

    public static TheoryData<SimdTarget> All => [.. Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported)];

    public static TheoryData<SimdTarget, int> WithOddSizes
    {
        get
        {
            var data = new TheoryData<SimdTarget, int>();
            foreach (var target in Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported))
            {
                foreach (int size in OddSizes)
                {
                    data.Add(target, size);
                }
            }

            return data;
        }
    }

    /// <summary>Bytes in a vector; 0 for the scalar target.</summary>
    public static int VectorBytes(SimdTarget target) => target switch
    {
        SimdTarget.Avx512 => 64,
        SimdTarget.Avx2 => 32,
        SimdTarget.Vector128 => 16,
        _ => 0,
    };
}
