using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Weights;

namespace RnnGen.Training;

/// <summary>Refuses to train weights that somebody has set to no numbers.</summary>
internal static class FiniteWeights
{
    /// <summary>Throws if a weight is infinite or NaN.</summary>
    public static void Check<T>(ParameterArena<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (FiniteNumbers.All<T>(parameters.Arena.Span))
        {
            return;
        }

        foreach (TensorMap tensor in parameters.Tensors)
        {
            T[] values = parameters.Get(tensor.Name);
            int place = FiniteNumbers.IndexOfOther<T>(values);
            if (place >= 0)
            {
                throw new InvalidOperationException(
                    $"Tensor '{tensor.Name}' has the weight {values[place]} at place {place}; training starts from "
                    + "finite weights: initialize, set or load them.");
            }
        }

        throw new InvalidOperationException("The padding of the weights was written to, and is not finite.");
    }
}
