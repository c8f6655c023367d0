using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;

namespace RnnGen;

/// <summary>
/// A rule that turns gradients into new weights, with its options. An optimizer holds options only: weights, gradients
/// and moments are flat arenas of one layout, so it knows nothing of layers, and one object may serve many trainers.
/// To write your own, derive from <see cref="Optimizer{TRule}"/>.
/// </summary>
public abstract class Optimizer
{
    /// <summary>Starts from a learning rate that <see cref="LearningRate"/> may replace.</summary>
    /// <param name="learningRate">The default learning rate: 0 or more.</param>
    protected Optimizer(double learningRate) => LearningRate = learningRate;

    /// <summary>Size of a step, before the trainer's schedule: 0 or more, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double LearningRate
    {
        get;
        init => field = OptionRange.AtLeastZero(value);
    }

    /// <summary>The most moments that an optimizer may have.</summary>
    public const int MaxMomentCount = 64;

    /// <summary>
    /// Arenas of moments that the options ask for: 0 to <see cref="MaxMomentCount"/>, each as long as the weights and
    /// zero before the first step.
    /// </summary>
    public abstract int MomentCount { get; }

    /// <summary>
    /// Takes one step over a range of the arenas. A number's result depends on that number's own weight, gradient and
    /// moments alone, so a step may be cut in ranges anyhow, and ranges may run on several threads.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="target">A SIMD target that the processor supports.</param>
    /// <param name="range">What to update.</param>
    /// <exception cref="ArgumentException">
    /// The range lacks a moment arena, its length or step is out of range.
    /// </exception>
    /// <exception cref="InvalidOperationException"><see cref="MomentCount"/> is out of range.</exception>
    public unsafe void Update<T>(SimdTarget target, in UpdateRange<T> range)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(range.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(range.Step, 1);
        int moments = CheckedMomentCount();
        for (int moment = 0; moment < moments; moment++)
        {
            if (moment >= range.MomentCount || range.Moments == null || range.Moments[moment] == null)
            {
                throw new ArgumentException(
                    $"{GetType().Name} needs {moments} moment arenas; number {moment} is missing.", nameof(range));
            }
        }

        // Two plain virtual methods: a generic one would be looked up at run time under NativeAOT.
        if (typeof(T) == typeof(float))
        {
            UpdateSingle(target, in Unsafe.As<UpdateRange<T>, UpdateRange<float>>(ref Unsafe.AsRef(in range)));
        }
        else
        {
            UpdateDouble(target, in Unsafe.As<UpdateRange<T>, UpdateRange<double>>(ref Unsafe.AsRef(in range)));
        }
    }

    /// <summary>
    /// Whether <see cref="Bound"/> knows the equations. If not, every update is checked after it was made, over a copy
    /// of the numbers before it.
    /// </summary>
    internal virtual bool HasBounds => false;

    /// <summary>
    /// Bounds after a step from those before it. Whatever the equations compute on the way must be noted, too.
    /// </summary>
    /// <param name="bounds">Bounds before the step, replaced by those after it.</param>
    /// <param name="gradient">Bound of the scaled gradients.</param>
    /// <param name="learningRate">Learning rate of the step.</param>
    /// <param name="step">Number of the step: 1 for the first.</param>
    internal virtual void Bound(ref UpdateBounds bounds, double gradient, double learningRate, long step) =>
        bounds.Note(double.PositiveInfinity);

    // Derived classes of users decide it.
    internal int CheckedMomentCount() => MomentCount is >= 0 and <= MaxMomentCount and var count
        ? count
        : throw new InvalidOperationException(
            $"{GetType().Name} has a {nameof(MomentCount)} of {MomentCount}: it must be 0 to {MaxMomentCount}.");

    private protected abstract void UpdateSingle(SimdTarget target, in UpdateRange<float> range);

    private protected abstract void UpdateDouble(SimdTarget target, in UpdateRange<double> range);
}
