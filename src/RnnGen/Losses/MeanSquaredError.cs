using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;

namespace RnnGen
{
    /// <summary>
    /// Trains the model to give values: squared differences from the targets, averaged over outputs and rows, as
    /// PyTorch's <c>MSELoss</c>.
    /// </summary>
    public sealed class MeanSquaredErrorAttribute : LossAttribute<Losses.SquaredError>;
}

namespace RnnGen.Losses
{
    /// <summary>loss = Σ (xᵢ − yᵢ)² / n; its gradient is 2 (xᵢ − yᵢ) / n.</summary>
    public readonly unsafe struct SquaredError : IValueLoss
    {
        /// <inheritdoc/>
        [MethodImpl(KernelOptions.Kernel)]
        public static T Row<TLanes, T>(T* outputs, int count, T* target, T gradientScale)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            int whole = count / TLanes.Count * TLanes.Count;
            T mean = T.One / T.CreateTruncating(count);
            T factor = T.CreateTruncating(2) * gradientScale * mean;
            T sum = Range<TLanes, T>(outputs, target, 0, whole, factor);
            sum += Range<Lanes1<T>, T>(outputs, target, whole, count, factor);
            int padded = (count + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
            for (int i = count; i < padded; i++)
            {
                outputs[i] = T.Zero;
            }

            return sum * mean;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Range<TLanes, T>(T* outputs, T* target, int start, int end, T factor)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var factors = TLanes.Splat(factor);
            TLanes sum = default;
            for (int i = start; i < end; i += TLanes.Count)
            {
                var difference = TLanes.Load(outputs + i) - TLanes.Load(target + i);
                sum = TLanes.MultiplyAdd(difference, difference, sum);
                TLanes.Store(outputs + i, difference * factors);
            }

            return TLanes.Sum(sum);
        }
    }
}
