using System.Numerics;

namespace RnnGen;

/// <summary>A range of flat arenas, all of one layout, that an optimizer updates in one pass.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public unsafe struct UpdateRange<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>First weight of the range: read and written.</summary>
    public T* Parameters;

    /// <summary>Gradient of the first weight: read only.</summary>
    public T* Gradients;

    /// <summary>
    /// Where the moments of the first weight lie, one pointer each; may be null for an optimizer without moments.
    /// </summary>
    public T** Moments;

    /// <summary>Pointers in <see cref="Moments"/>: as many as the optimizer has moments, or more.</summary>
    public int MomentCount;

    /// <summary>Numbers in the range: 0 or more, any number.</summary>
    public int Length;

    /// <summary>What every gradient is multiplied by as it is read: 1, or less when the gradient is clipped.</summary>
    public double GradientScale;

    /// <summary>Learning rate of this step, from the schedule.</summary>
    public double LearningRate;

    /// <summary>Number of this step: 1 for the first.</summary>
    public long Step;
}
