using System.Numerics;

namespace RnnGen.Training;

/// <summary>Where a head's loss goes, as kernels write it.</summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public unsafe struct HeadLosses<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Receives the loss of each output row; written when <see cref="Pass{T}.HasTargets"/>.</summary>
    public T* Rows;

    /// <summary>Every row's gradient is multiplied by this: the head's weight / its output rows.</summary>
    public T GradientScale;
}
