using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;

namespace RnnGen.Initialization;

/// <summary>
/// QR factorisation by Householder reflections, of which Q is wanted alone. Each pass over the matrix is a multiply and
/// an add per number, rounded apart and in a fixed order, so that the result is the same on every vector width.
/// </summary>
internal static unsafe class HouseholderBasis
{
    /// <summary>
    /// Replaces a matrix of height ≥ width by the Q of its QR factorisation whose R has a positive diagonal. That
    /// choice of signs makes Q of a normal matrix uniform over all orthonormal ones (Mezzadri 2007).
    /// </summary>
    /// <param name="matrix">Row after row, height × width; its columns must be independent.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public static void Orthonormalize(Span<double> matrix, int height, int width)
    {
        double[] scratch = new double[height + (3 * width)];
        fixed (double* a = matrix, s = scratch)
        {
            var work = new Work
            {
                Matrix = a,
                Height = height,
                Width = width,
                Reflector = s,
                Row = s + height,
                Scales = s + height + width,
                Signs = s + height + (2 * width),
            };
            SimdTargets.Run<Work, double>(SimdTargets.Best, ref work);
        }
    }

    private struct Work : ILanesWork
    {
        public double* Matrix;
        public int Height;
        public int Width;

        // The reflection in hand is I − scale · v vᵀ with v[k] = 1: v of [Height], and a row of [Width] for vᵀ A.
        public double* Reflector;
        public double* Row;

        // Of every reflection, [Width] each: its scale, and the sign of R's diagonal.
        public double* Scales;
        public double* Signs;

        public readonly void Run<TLanes, T>()
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            for (int k = 0; k < Width; k++)
            {
                MakeReflector(k);
                Reflect<TLanes, T>(k, k + 1);

                // The column is done with: it keeps v for the way back.
                for (int i = k + 1; i < Height; i++)
                {
                    Matrix[((nint)i * Width) + k] = Reflector[i];
                }
            }

            // Q is the product of the reflections; built from the last, it grows from the lower right corner.
            for (int k = Width - 1; k >= 0; k--)
            {
                for (int i = k; i < Height; i++)
                {
                    double* entry = Matrix + ((nint)i * Width) + k;
                    Reflector[i] = i == k ? 1 : *entry;
                    *entry = i == k ? 1 : 0;
                }

                new Span<double>(Matrix + ((nint)k * Width) + k + 1, Width - k - 1).Clear();
                Reflect<TLanes, T>(k, k);
            }

            for (nint i = 0; i < (nint)Height * Width; i++)
            {
                Matrix[i] *= Signs[i % Width];
            }
        }

        private readonly void MakeReflector(int k)
        {
            double sum = 0;
            for (int i = k; i < Height; i++)
            {
                double entry = Matrix[((nint)i * Width) + k];
                Reflector[i] = entry;
                sum += entry * entry;
            }

            // v = x ± |x| e: the sign that adds loses no digits.
            double norm = Math.Sqrt(sum);
            double first = Reflector[k];
            double head = first < 0 ? first - norm : first + norm;
            for (int i = k + 1; i < Height; i++)
            {
                Reflector[i] /= head;
            }

            Reflector[k] = 1;
            Scales[k] = Math.Abs(head) / norm;
            Signs[k] = first < 0 ? 1 : -1;
        }

        // Columns from firstColumn on, rows from k on: A −= scale · v (vᵀ A).
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Reflect<TLanes, T>(int k, int firstColumn)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            int count = Width - firstColumn;
            new Span<double>(Row, count).Clear();
            for (int i = k; i < Height; i++)
            {
                AddScaled<TLanes, T>((T*)Row, (T*)(Matrix + ((nint)i * Width) + firstColumn), Reflector[i], count);
            }

            for (int i = k; i < Height; i++)
            {
                AddScaled<TLanes, T>(
                    (T*)(Matrix + ((nint)i * Width) + firstColumn), (T*)Row, -Scales[k] * Reflector[i], count);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void AddScaled<TLanes, T>(T* sum, T* addend, double factor, int count)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var factors = TLanes.Constant(factor);
            T scalar = T.CreateTruncating(factor);
            int i = 0;
            for (; i <= count - TLanes.Count; i += TLanes.Count)
            {
                TLanes.Store(sum + i, TLanes.Load(sum + i) + (TLanes.Load(addend + i) * factors));
            }

            for (; i < count; i++)
            {
                sum[i] += addend[i] * scalar;
            }
        }
    }
}
