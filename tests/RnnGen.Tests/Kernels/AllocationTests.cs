using RnnGen.Kernels;
using RnnGen.Losses;

namespace RnnGen.Tests.Kernels;

public sealed unsafe class AllocationTests
{
    [Fact]
    public void Kernels_AfterWarmUp_AllocateNothing()
    {
        var row = new Arena<float>(1024);
        var wanted = new Arena<float>(1024);
        float[] probabilities = new float[33];
        AssertNothingAllocated(() => Softmax.Apply(probabilities, probabilities, 0.5f));
        AssertNothingAllocated(() => SoftmaxKernel.Row<Lanes1<float>, float>(row.Pointer, 33));
        AssertNothingAllocated(() => Dropout.Apply<Lanes1<float>, float>(row.Pointer, 3, 33, 48, 0, 0.5f, 1));
        AssertNothingAllocated(() => SoftmaxCrossEntropy.Row<Lanes1<float>, float>(row.Pointer, 1000, 1, 1f));
        AssertNothingAllocated(() => SquaredError.Row<Lanes1<float>, float>(row.Pointer, 1000, wanted.Pointer, 1f));
        AssertNothingAllocated(() => ArenaSums.SquaredNorm(SimdTargets.Best, row.Pointer, row.Length));
    }

    [Fact]
    public void CounterRandom_EveryDraw_AllocatesNothing()
    {
        var random = new CounterRandom(1);
        int[] items = [1, 2, 3, 4, 5];
        AssertNothingAllocated(() => random.NextNormal());
        AssertNothingAllocated(() => random.Shuffle<int>(items));
    }

    private static void AssertNothingAllocated(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            action();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
