using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.Kernels;

/// <summary>What the running processor offers, and the one table from a target to its lanes.</summary>
public static partial class SimdTargets
{
    private const string Variable = "RNNGEN_SIMD";

    private const int Unknown = -1;

    private static int _best = Unknown;

    /// <summary>
    /// The target that models use unless told otherwise: the widest supported one, decided once per process. The
    /// environment variable <c>RNNGEN_SIMD</c> (<c>scalar</c>, <c>vector128</c>, <c>avx2</c> or <c>avx512</c>) lowers
    /// it; it never raises it above what the processor has.
    /// </summary>
    /// <exception cref="InvalidOperationException">The environment variable has another value.</exception>
    public static SimdTarget Best => _best == Unknown ? Choose() : (SimdTarget)_best;

    /// <summary>Whether the running processor has the target's instructions.</summary>
    /// <param name="target">The target asked about.</param>
    public static bool IsSupported(SimdTarget target) => target switch
    {
        SimdTarget.Scalar => true,
        SimdTarget.Vector128 => Vector128.IsHardwareAccelerated,
        SimdTarget.Avx2 => Avx2.IsSupported && Fma.IsSupported,
        SimdTarget.Avx512 => Avx512F.VL.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported,
        _ => false,
    };

    /// <summary>Runs <paramref name="work"/> over the lanes of <paramref name="target"/>.</summary>
    /// <typeparam name="TWork">The work: a struct, so that the compiler specialises it for every target.</typeparam>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="target">A target the processor supports.</param>
    /// <param name="work">The work; results that it keeps in its fields are seen by the caller.</param>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="target"/> is no target.</exception>
    public static void Run<TWork, T>(SimdTarget target, ref TWork work)
        where TWork : struct, ILanesWork
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            RunSingle(target, ref work);
        }
        else if (typeof(T) == typeof(double))
        {
            RunDouble(target, ref work);
        }
        else
        {
            throw new NotSupportedException($"Kernels work in float or double, not in {typeof(T)}.");
        }
    }

    private static void RunSingle<TWork>(SimdTarget target, ref TWork work)
        where TWork : struct, ILanesWork
    {
        switch (target)
        {
            case SimdTarget.Scalar:
                work.Run<Lanes1<float>, float>();
                break;
            case SimdTarget.Vector128:
                work.Run<Lanes128Single, float>();
                break;
            case SimdTarget.Avx2:
                work.Run<Lanes256Single, float>();
                break;
            case SimdTarget.Avx512:
                work.Run<Lanes512Single, float>();
                break;
            default:
                throw NoTarget(target);
        }
    }

    private static void RunDouble<TWork>(SimdTarget target, ref TWork work)
        where TWork : struct, ILanesWork
    {
        switch (target)
        {
            case SimdTarget.Scalar:
                work.Run<Lanes1<double>, double>();
                break;
            case SimdTarget.Vector128:
                work.Run<Lanes128Double, double>();
                break;
            case SimdTarget.Avx2:
                work.Run<Lanes256Double, double>();
                break;
            case SimdTarget.Avx512:
                work.Run<Lanes512Double, double>();
                break;
            default:
                throw NoTarget(target);
        }
    }

    private static ArgumentOutOfRangeException NoTarget(
        SimdTarget target, [CallerArgumentExpression(nameof(target))] string? name = null)
        => new(name, target, "Not a SIMD target.");

    private static SimdTarget Widest()
    {
        var widest = SimdTarget.Scalar;
        foreach (var target in Enum.GetValues<SimdTarget>())
        {
            widest = IsSupported(target) ? target : widest;
        }

        return widest;
    }

    // Not when the class is initialized: that would hide what is wrong, and break all of the class.
    private static SimdTarget Choose()
    {
        SimdTarget widest = Widest();
        string? name = Environment.GetEnvironmentVariable(Variable);
        SimdTarget best = string.IsNullOrWhiteSpace(name) ? widest : Lowered(widest, Named(name));
        _best = (int)best;
        return best;
    }

    private static SimdTarget Named(string name)
    {
        foreach (var target in Enum.GetValues<SimdTarget>())
        {
            if (target.ToString().Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return target;
            }
        }

        string names = string.Join(", ", Enum.GetNames<SimdTarget>()).ToLowerInvariant();
        throw new InvalidOperationException(
            $"The environment variable {Variable} is '{name}'; it must be one of {names}, or not be set.");
    }

    private static SimdTarget Lowered(SimdTarget widest, SimdTarget named) =>
        named < widest && IsSupported(named) ? named : widest;
}
