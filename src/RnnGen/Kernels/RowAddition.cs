using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.Kernels;

/// <summary>Adds columns of one row to those of another, whatever places in a row they have.</summary>
public static unsafe class RowAddition
{
    /// <summary>target[i] += source[i].</summary>
    /// <typeparam name="TLanes">The lanes of the target instructions.</typeparam>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="source">The numbers to add; need not be aligned.</param>
    /// <param name="target">The numbers that they are added to; need not be aligned.</param>
    /// <param name="count">How many: 0 or more. Nothing behind them is touched.</param>
    [MethodImpl(KernelOptions.Kernel)]
    public static void Add<TLanes, T>(T* source, T* target, int count)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i + TLanes.Count <= count; i += TLanes.Count)
        {
            TLanes.Store(target + i, TLanes.Load(target + i) + TLanes.Load(source + i));
        }

        for (; i < count; i++)
        {
            target[i] += source[i];
        }
    }
}
