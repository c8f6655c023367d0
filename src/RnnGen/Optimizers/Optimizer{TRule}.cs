using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;

namespace RnnGen;

/// <summary>
/// Base of every optimizer: options in the class, equations in <typeparamref name="TRule"/>, the loop over the arenas
/// here.
/// </summary>
/// <typeparam name="TRule">The equations.</typeparam>
public abstract class Optimizer<TRule> : Optimizer
    where TRule : struct, IUpdateRule
{
    /// <summary>Starts from a learning rate that <see cref="Optimizer.LearningRate"/> may replace.</summary>
    /// <param name="learningRate">The default learning rate: 0 or more.</param>
    protected Optimizer(double learningRate)
        : base(learningRate)
    {
    }

    /// <summary>
    /// The constants of one step. Every thread of a trainer asks for them, at the same time. If it throws, or if the
    /// equations make a number infinite or NaN, the step leaves no trace: a trainer copies weights and moments before
    /// it, since it knows nothing of equations that are not RnnGen's own.
    /// </summary>
    /// <param name="learningRate">Learning rate of the step, from the schedule.</param>
    /// <param name="step">Number of the step: 1 for the first.</param>
    protected abstract TRule CreateRule(double learningRate, long step);

    private protected sealed override void UpdateSingle(SimdTarget target, in UpdateRange<float> range)
        => Run(target, range);

    private protected sealed override void UpdateDouble(SimdTarget target, in UpdateRange<double> range)
        => Run(target, range);

    private unsafe void Run<T>(SimdTarget target, in UpdateRange<T> range)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var own = range;
        own.MomentCount = Math.Min(MomentCount, range.MomentCount);
        var work = new Work { Rule = CreateRule(range.LearningRate, range.Step), Range = &own };
        SimdTargets.Run<Work, T>(target, ref work);
    }

    private unsafe struct Work : ILanesWork
    {
        public TRule Rule;

        // UpdateRange<T> of the T that Run is called with.
        public void* Range;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TLanes, T>()
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var range = (UpdateRange<T>*)Range;
            int whole = range->Length - (range->Length % TLanes.Count);
            Update<TLanes, T>(Rule, range, 0, whole);
            Update<Lanes1<T>, T>(Rule, range, whole, range->Length);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Update<TLanes, T>(TRule rule, UpdateRange<T>* range, int start, int end)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T* parameters = range->Parameters;
            T* gradients = range->Gradients;
            T* first = range->MomentCount > 0 ? range->Moments[0] : null;
            T* second = range->MomentCount > 1 ? range->Moments[1] : null;
            var scale = TLanes.Constant(range->GradientScale);
            for (int i = start; i < end; i += TLanes.Count)
            {
                var moments = new Moments<TLanes, T>(
                    range,
                    i,
                    first == null ? default : TLanes.Load(first + i),
                    second == null ? default : TLanes.Load(second + i));
                var gradient = TLanes.Load(gradients + i) * scale;
                var weight = TLanes.Load(parameters + i);
                TLanes.Store(parameters + i, rule.Apply(weight, gradient, ref moments));
                if (first != null)
                {
                    TLanes.Store(first + i, moments.First);
                }

                if (second != null)
                {
                    TLanes.Store(second + i, moments.Second);
                }
            }
        }
    }
}
