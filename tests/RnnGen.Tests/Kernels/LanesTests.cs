using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Tests.Kernels;

public sealed unsafe class LanesTests
{
    private const int Length = 160;
    private const int Threshold = 40_000;

    public enum Operation
    {
        Add,
        Subtract,
        Multiply,
        Divide,
        MultiplyAdd,
        Sqrt,
        Min,
        Max,
        Abs,
        Sign,
        Significand,
        Exponent,
        Splat,
        Constant,
        LoadSingle,
        ScaleByPowerOfTwo,
        KeepWhere,
        Sum,
        MaxAcross,
    }

    public static TheoryData<SimdTarget, Operation> Cases
    {
        get
        {
            var data = new TheoryData<SimdTarget, Operation>();
            foreach (var target in Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported))
            {
                foreach (var operation in Enum.GetValues<Operation>())
                {
                    data.Add(target, operation);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Operation_EveryLane_EqualsScalarDouble(SimdTarget target, Operation operation)
    {
        Check<float>(target, operation, Tolerances.SingleUlp);
        Check<double>(target, operation, Tolerances.DoubleUlp);
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void MinAndMax_NaNOnTheRight_Propagates(SimdTarget target)
    {
        foreach (var operation in new[] { Operation.Min, Operation.Max })
        {
            float[] singles = Run(target, operation, Filled(1f), Filled(float.NaN));
            Assert.Equal(-1, singles.AsSpan().IndexOfAnyExcept(float.NaN));
            double[] doubles = Run(target, operation, Filled(1d), Filled(double.NaN));
            Assert.Equal(-1, doubles.AsSpan().IndexOfAnyExcept(double.NaN));
        }
    }

    private static void Check<T>(SimdTarget target, Operation operation, double ulp)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new CounterRandom(17);
        var left = new Arena<T>(Length);
        var right = new Arena<T>(Length);
        for (int i = 0; i < Length; i++)
        {
            left.Span[i] = T.CreateTruncating(random.NextNormal());
            right.Span[i] = operation == Operation.ScaleByPowerOfTwo
                ? T.CreateTruncating(random.NextInt(200) - 100)
                : T.CreateTruncating(random.NextNormal());
        }

        T[] result = Run(target, operation, left, right);
        int count = Work.LanesOf<T>(target);
        for (int i = 0; i < Length; i++)
        {
            double a = double.CreateTruncating(left.Span[i]);
            double b = double.CreateTruncating(right.Span[i]);
            var vector = left.Span.Slice(i / count * count, count).ToArray().Select(double.CreateTruncating);
            double expected = Expected(operation, a, b, i, vector);

            // The basic operations round once, so they are exact; sums and fused operations may round otherwise.
            bool rounds = operation is Operation.MultiplyAdd or Operation.Sum;
            double tolerance = rounds ? 16 * ulp * (Math.Abs(a * b) + Math.Abs(expected) + 1) : 0;
            double rounded = double.CreateTruncating(T.CreateTruncating(expected));
            Assert.Equal(rounded, double.CreateTruncating(result[i]), tolerance);
        }
    }

    private static double Expected(Operation operation, double a, double b, int i, IEnumerable<double> vector)
        => operation switch
        {
            Operation.Add => a + b,
            Operation.Subtract => a - b,
            Operation.Multiply => a * b,
            Operation.Divide => a / b,
            Operation.MultiplyAdd => (a * b) + a,
            Operation.Sqrt => Math.Sqrt(Math.Abs(a)),
            Operation.Min => Math.Min(a, b),
            Operation.Max => Math.Max(a, b),
            Operation.Abs => Math.Abs(a),
            Operation.Sign => Math.Sign(a),
            Operation.Significand => Math.Abs(a) / Math.Pow(2, Exponent(Math.Abs(a))),
            Operation.Exponent => Exponent(Math.Abs(a)),
            Operation.Splat => 0.1f,
            Operation.Constant => 0.1,
            Operation.LoadSingle => i,
            Operation.ScaleByPowerOfTwo => a * Math.Pow(2, b),
            Operation.KeepWhere => Random(i) >= Threshold ? a : 0,
            Operation.Sum => vector.Sum(),
            Operation.MaxAcross => vector.Max(),
            _ => throw new ArgumentOutOfRangeException(nameof(operation)),
        };

    // The significand is then in [√½, √2).
    private static double Exponent(double a) => Math.Floor(Math.Log2(a) + 0.5);

    private static TLanes Exponent<TLanes, T>(TLanes value)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes.SplitPowerOfTwo(value, out var exponent);
        return exponent;
    }

    // Both sides of the threshold, and of the sign bit of 16 bits.
    private static ushort Random(int i) => (ushort)((i * 7919) % 65536);

    private static Arena<T> Filled<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var arena = new Arena<T>(Length);
        arena.Span.Fill(value);
        return arena;
    }

    private static T[] Run<T>(SimdTarget target, Operation operation, Arena<T> left, Arena<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var result = new Arena<T>(Length);
        var work = new Work
        {
            Operation = operation,
            Left = left.Pointer,
            Right = right.Pointer,
            Result = result.Pointer,
        };
        SimdTargets.Run<Work, T>(target, ref work);
        return result.Span.ToArray();
    }

    private struct Work : ILanesWork
    {
        public Operation Operation;
        public void* Left;
        public void* Right;
        public void* Result;
        public int Lanes;

        public static int LanesOf<T>(SimdTarget target)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var arena = new Arena<T>(Length);
            var work = new Work { Left = arena.Pointer, Right = arena.Pointer, Result = arena.Pointer };
            SimdTargets.Run<Work, T>(target, ref work);
            return work.Lanes;
        }

        public void Run<TLanes, T>()
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Lanes = TLanes.Count;
            float* singles = stackalloc float[Length];
            ushort* random = stackalloc ushort[Length];
            for (int i = 0; i < Length; i++)
            {
                singles[i] = i;
                random[i] = LanesTests.Random(i);
            }

            for (int i = 0; i < Length; i += TLanes.Count)
            {
                var a = TLanes.Load((T*)Left + i);
                var b = TLanes.Load((T*)Right + i);
                TLanes.Store((T*)Result + i, Apply<TLanes, T>(a, b, singles + i, random + i));
            }
        }

        private readonly TLanes Apply<TLanes, T>(TLanes a, TLanes b, float* singles, ushort* random)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            => Operation switch
            {
                Operation.Add => a + b,
                Operation.Subtract => a - b,
                Operation.Multiply => a * b,
                Operation.Divide => a / b,
                Operation.MultiplyAdd => TLanes.MultiplyAdd(a, b, a),
                Operation.Sqrt => TLanes.Sqrt(TLanes.Abs(a)),
                Operation.Min => TLanes.Min(a, b),
                Operation.Max => TLanes.Max(a, b),
                Operation.Abs => TLanes.Abs(a),
                Operation.Sign => TLanes.Sign(a),
                Operation.Significand => TLanes.SplitPowerOfTwo(TLanes.Abs(a), out _),
                Operation.Exponent => Exponent<TLanes, T>(TLanes.Abs(a)),
                Operation.Splat => TLanes.Splat(T.CreateTruncating(0.1f)),
                Operation.Constant => TLanes.Constant(0.1),
                Operation.LoadSingle => TLanes.LoadSingle(singles),
                Operation.ScaleByPowerOfTwo => TLanes.ScaleByPowerOfTwo(a, b),
                Operation.KeepWhere => TLanes.KeepWhere(a, random, Threshold),
                Operation.Sum => TLanes.Splat(TLanes.Sum(a)),
                Operation.MaxAcross => TLanes.Splat(TLanes.MaxAcross(a)),
                _ => throw new InvalidOperationException(),
            };
    }
}
