using System.Numerics;

namespace RnnGen.Training;

/// <summary>The packed rows of a feed, as kernels read them.</summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public unsafe struct FeedRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A token or class for each row; null where rows are numbers.</summary>
    public int* Indices;

    /// <summary>Numbers <c>[rows, Width]</c>; null where rows are tokens or classes.</summary>
    public T* Values;
}
