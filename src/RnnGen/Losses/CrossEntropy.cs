using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;

namespace RnnGen
{
    /// <summary>
    /// Trains the model to tell classes: cross-entropy of softmax over the outputs, averaged over rows, as PyTorch's
    /// <c>CrossEntropyLoss</c>. Targets are class numbers. The last layer must be a linear <c>[Dense]</c>: softmax is
    /// part of the loss.
    /// </summary>
    public sealed class CrossEntropyAttribute : LossAttribute<Losses.SoftmaxCrossEntropy>;
}

namespace RnnGen.Losses
{
    /// <summary>
    /// loss = ln Σ exp(xᵢ) − x_target; its gradient is softmax(x) less 1 at the target. Three passes over the row:
    /// the maximum, the exponentials with their sum, the gradient.
    /// </summary>
    [ExpectsLogits(MinimumOutputs = 2)]
    public readonly unsafe struct SoftmaxCrossEntropy : IClassLoss
    {
        /// <inheritdoc/>
        [MethodImpl(KernelOptions.Kernel)]
        public static T Row<TLanes, T>(T* outputs, int count, int target, T gradientScale)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            // A logit of minus infinity has probability and gradient 0: so the room beyond the row costs no tail loop.
            int padded = (count + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
            for (int i = count; i < padded; i++)
            {
                outputs[i] = T.NegativeInfinity;
            }

            T largest = SoftmaxKernel.Largest<TLanes, T>(outputs, padded);
            T ofTarget = outputs[target] - largest;
            T sum = SoftmaxKernel.Exponentials<TLanes, T>(outputs, padded, largest);
            SoftmaxKernel.Multiply<TLanes, T>(outputs, padded, gradientScale / sum);
            outputs[target] -= gradientScale;
            return T.Log(sum) - ofTarget;
        }
    }
}
