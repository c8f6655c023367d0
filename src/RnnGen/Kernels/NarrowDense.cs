using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.Kernels;

/// <summary>
/// A dense layer of a few results, forward and backward, over rows. Its results would leave a vector nearly empty, so
/// vectors run along the inputs: the weights of each result lie in a row.
/// </summary>
/// <typeparam name="TLanes">The vector to work in.</typeparam>
/// <typeparam name="T">The number in a lane.</typeparam>
public static unsafe class NarrowDense<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// y[i, u] = bias[u] + Σ x[i, k] · weights[u, k]; results are padded with zeros to whole vectors.
    /// </summary>
    /// <param name="x">First number of the first row; only its own numbers are read.</param>
    /// <param name="xStride">Numbers from one row to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="weightStride">Numbers from one result's weights to the next's.</param>
    /// <param name="inputs">Numbers in a row of x.</param>
    /// <param name="bias">The biases.</param>
    /// <param name="results">How many results.</param>
    /// <param name="y">Receives the results: whole vectors in each row.</param>
    /// <param name="yStride">Numbers from one row of results to the next.</param>
    [MethodImpl(KernelOptions.Kernel)]
    public static void Forward(
        T* x, nint xStride, int rows, T* weights, nint weightStride, int inputs, T* bias, int results, T* y,
        nint yStride)
    {
        for (int i = 0; i < rows; i++, x += xStride, y += yStride)
        {
            for (int unit = 0; unit < results; unit += TLanes.Count)
            {
                TLanes.Store(y + unit, default);
            }

            for (int unit = 0; unit < results; unit++)
            {
                y[unit] = DotProduct.Of<TLanes, T>(x, weights + unit * weightStride, inputs, bias[unit]);
            }
        }
    }

    /// <summary>dx[i, k] = Σ dy[i, u] · weights[u, k].</summary>
    /// <param name="dy">Gradients of the results.</param>
    /// <param name="dyStride">Numbers from one row of them to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="results">How many results.</param>
    /// <param name="weights">The weights, padded with zeros to whole vectors.</param>
    /// <param name="weightStride">Numbers from one result's weights to the next's.</param>
    /// <param name="inputs">Numbers in a row of x.</param>
    /// <param name="dx">Receives the gradients of the inputs: whole vectors in each row.</param>
    /// <param name="dxStride">Numbers from one row of them to the next.</param>
    /// <param name="adds">Whether dx holds a part of the gradient already, which stays in the sum.</param>
    [MethodImpl(KernelOptions.Kernel)]
    public static void DifferentiateInputs(
        T* dy, nint dyStride, int rows, int results, T* weights, nint weightStride, int inputs, T* dx, nint dxStride,
        bool adds = false)
    {
        for (int i = 0; i < rows; i++, dy += dyStride, dx += dxStride)
        {
            for (int k = 0; k < inputs; k += TLanes.Count)
            {
                var sum = adds ? TLanes.Load(dx + k) : default;
                for (int unit = 0; unit < results; unit++)
                {
                    var weight = TLanes.Load(weights + unit * weightStride + k);
                    sum = TLanes.MultiplyAdd(TLanes.Splat(dy[unit]), weight, sum);
                }

                TLanes.Store(dx + k, sum);
            }
        }
    }

    /// <summary>
    /// dweights[u, k] = Σ dy[i, u] · x[i, k], summed row by row, for some k: a worker's share. Padding is not written.
    /// </summary>
    /// <param name="x">First number of the first row; only its own numbers are read.</param>
    /// <param name="xStride">Numbers from one row to the next.</param>
    /// <param name="dy">Gradients of the results.</param>
    /// <param name="dyStride">Numbers from one row of them to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="results">How many results.</param>
    /// <param name="first">The first k: a multiple of the number of lanes.</param>
    /// <param name="end">One more than the last k.</param>
    /// <param name="dweights">Receives the gradient of the weights.</param>
    /// <param name="weightStride">Numbers from one result's weights to the next's.</param>
    [MethodImpl(KernelOptions.Kernel)]
    public static void DifferentiateWeights(
        T* x, nint xStride, T* dy, nint dyStride, int rows, int results, int first, int end, T* dweights,
        nint weightStride)
    {
        int lanes = TLanes.Count;
        for (int unit = 0; unit < results; unit++, dy++, dweights += weightStride)
        {
            int k = first;
            for (; k + 4 * lanes <= end; k += 4 * lanes)
            {
                TLanes sum0 = default;
                TLanes sum1 = default;
                TLanes sum2 = default;
                TLanes sum3 = default;
                T* row = x + k;
                for (int i = 0; i < rows; i++, row += xStride)
                {
                    var factor = TLanes.Splat(dy[i * dyStride]);
                    sum0 = TLanes.MultiplyAdd(TLanes.Load(row), factor, sum0);
                    sum1 = TLanes.MultiplyAdd(TLanes.Load(row + lanes), factor, sum1);
                    sum2 = TLanes.MultiplyAdd(TLanes.Load(row + 2 * lanes), factor, sum2);
                    sum3 = TLanes.MultiplyAdd(TLanes.Load(row + 3 * lanes), factor, sum3);
                }

                TLanes.Store(dweights + k, sum0);
                TLanes.Store(dweights + k + lanes, sum1);
                TLanes.Store(dweights + k + 2 * lanes, sum2);
                TLanes.Store(dweights + k + 3 * lanes, sum3);
            }

            for (; k + lanes <= end; k += lanes)
            {
                TLanes sum = default;
                for (int i = 0; i < rows; i++)
                {
                    sum = TLanes.MultiplyAdd(TLanes.Load(x + i * xStride + k), TLanes.Splat(dy[i * dyStride]), sum);
                }

                TLanes.Store(dweights + k, sum);
            }

            // What fills no vector, in every lane: lanes decide how a multiply-add rounds.
            for (; k < end; k++)
            {
                TLanes sum = default;
                for (int i = 0; i < rows; i++)
                {
                    sum = TLanes.MultiplyAdd(TLanes.Splat(x[i * xStride + k]), TLanes.Splat(dy[i * dyStride]), sum);
                }

                dweights[k] = *(T*)&sum;
            }
        }
    }
}
