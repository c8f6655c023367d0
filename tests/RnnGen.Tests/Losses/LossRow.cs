using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Losses;

namespace RnnGen.Tests.Losses;

/// <summary>One row given to a loss that is known by its type alone, over the lanes of any target.</summary>
internal abstract unsafe class LossRow
{
    /// <summary>Every loss of the runtime: whoever adds one gets these tests.</summary>
    public static TheoryData<Type> All
        => [.. typeof(IClassLoss).Assembly.GetTypes().Where(t => t.IsValueType && (IsClass(t) || IsValue(t)))];

    /// <summary>The loss of the row, and its gradient with the padding beyond it.</summary>
    public abstract (double Loss, double[] Gradient) Run<T>(SimdTarget target, double[] outputs, double gradientScale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>A row of a loss with a fixed target: class size / 2, or values spread around the outputs.</summary>
    public static LossRow Of(Type loss)
    {
        var row = IsClass(loss) ? typeof(OfClass<>) : typeof(OfValues<>);
        return (LossRow)Activator.CreateInstance(row.MakeGenericType(loss))!;
    }

    private static bool IsClass(Type type) => typeof(IClassLoss).IsAssignableFrom(type);

    private static bool IsValue(Type type) => typeof(IValueLoss).IsAssignableFrom(type);

    private static (double Loss, double[] Gradient) Run<TWork, T>(
        SimdTarget target, double[] outputs, Func<nint, int, TWork> create, Func<TWork, double> loss)
        where TWork : struct, ILanesWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // What lies in the padding before the call must not matter.
        var row = new Arena<T>((outputs.Length + 15) / 16 * 16);
        row.Span.Fill(T.CreateTruncating(5));
        for (int i = 0; i < outputs.Length; i++)
        {
            row.Span[i] = T.CreateTruncating(outputs[i]);
        }

        var work = create((nint)row.Pointer, outputs.Length);
        SimdTargets.Run<TWork, T>(target, ref work);
        return (loss(work), [.. row.Span.ToArray().Select(double.CreateTruncating)]);
    }

    private sealed class OfClass<TLoss> : LossRow
        where TLoss : struct, IClassLoss
    {
        public override (double Loss, double[] Gradient) Run<T>(
            SimdTarget target, double[] outputs, double gradientScale)
            => Run<Work, T>(
                target,
                outputs,
                (row, count) => new Work { Row = row, Count = count, Scale = gradientScale },
                work => work.Loss);

        private struct Work : ILanesWork
        {
            public nint Row;
            public int Count;
            public double Scale;
            public double Loss;

            public void Run<TLanes, T>()
                where TLanes : unmanaged, ILanes<TLanes, T>
                where T : unmanaged, IBinaryFloatingPointIeee754<T>
                => Loss = double.CreateTruncating(
                    TLoss.Row<TLanes, T>((T*)Row, Count, Count / 2, T.CreateTruncating(Scale)));
        }
    }

    private sealed class OfValues<TLoss> : LossRow
        where TLoss : struct, IValueLoss
    {
        public override (double Loss, double[] Gradient) Run<T>(
            SimdTarget target, double[] outputs, double gradientScale)
            => Run<Work, T>(
                target,
                outputs,
                (row, count) => new Work { Row = row, Count = count, Scale = gradientScale },
                work => work.Loss);

        private struct Work : ILanesWork
        {
            public nint Row;
            public int Count;
            public double Scale;
            public double Loss;

            public void Run<TLanes, T>()
                where TLanes : unmanaged, ILanes<TLanes, T>
                where T : unmanaged, IBinaryFloatingPointIeee754<T>
            {
                // One number in, so that the target is not aligned; and no room beyond it.
                var wanted = new T[Count + 1];
                for (int i = 0; i < Count; i++)
                {
                    wanted[i + 1] = T.CreateTruncating(Math.Sin(3 * i));
                }

                fixed (T* first = wanted)
                {
                    Loss = double.CreateTruncating(
                        TLoss.Row<TLanes, T>((T*)Row, Count, first + 1, T.CreateTruncating(Scale)));
                }
            }
        }
    }
}
