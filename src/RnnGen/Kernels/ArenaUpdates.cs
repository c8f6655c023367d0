using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.Kernels;

/// <summary>
/// Updates of flat arenas, number by number: a result depends on its own place alone, so a range may be cut anyhow.
/// </summary>
public static unsafe class ArenaUpdates
{
    /// <summary>values[i] = factor · values[i].</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="target">A SIMD target that the processor supports.</param>
    /// <param name="values">First number of the range.</param>
    /// <param name="length">Numbers in the range: 0 or more.</param>
    /// <param name="factor">What each is multiplied by.</param>
    public static void Scale<T>(SimdTarget target, T* values, int length, double factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var work = new ScaleWork { Values = values, Length = length, Factor = factor };
        SimdTargets.Run<ScaleWork, T>(target, ref work);
    }

    /// <summary>values[i] = values[i] + addends[i].</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="target">A SIMD target that the processor supports.</param>
    /// <param name="values">First number of the range.</param>
    /// <param name="addends">First number to add.</param>
    /// <param name="length">Numbers in the range: 0 or more.</param>
    public static void Add<T>(SimdTarget target, T* values, T* addends, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var work = new AddWork { Values = values, Addends = addends, Length = length };
        SimdTargets.Run<AddWork, T>(target, ref work);
    }

    private struct ScaleWork : ILanesWork
    {
        public void* Values;
        public int Length;
        public double Factor;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TLanes, T>()
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            => Softmax.Multiply<TLanes, T>((T*)Values, Length, T.CreateTruncating(Factor));
    }

    private struct AddWork : ILanesWork
    {
        public void* Values;
        public void* Addends;
        public int Length;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TLanes, T>()
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T* values = (T*)Values;
            T* addends = (T*)Addends;
            int i = 0;
            for (; i <= Length - TLanes.Count; i += TLanes.Count)
            {
                TLanes.Store(values + i, TLanes.Load(values + i) + TLanes.Load(addends + i));
            }

            for (; i < Length; i++)
            {
                values[i] += addends[i];
            }
        }
    }
}
