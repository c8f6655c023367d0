using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Weights;

namespace RnnGen.Training;

/// <summary>
/// The optimizer at work on one model, with its moments. An update that would make a weight or a moment infinite or NaN
/// leaves no trace. Where bounds tell that it cannot happen, which is nearly always, that costs nothing; elsewhere the
/// numbers are copied before and checked after.
/// </summary>
internal sealed unsafe class WeightUpdate<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Far below what overflows: bounds are rounded, and so are the numbers that they bound.
    private static readonly double Limit = (typeof(T) == typeof(float) ? float.MaxValue : double.MaxValue) / 1024;

    private readonly ParameterArena<T> _parameters;
    private readonly SimdTarget _target;
    private readonly Arena<T> _gradients;
    private readonly Optimizer _optimizer;
    private readonly Arena<T>[] _moments;
    private readonly T[]?[] _momentsBefore;
    private T[]? _weightsBefore;
    private UpdateBounds _bounds;
    private int? _version;
    private double _learningRate;
    private long _step;

    public WeightUpdate(ModelRuntime<T> model, Arena<T> gradients, Optimizer optimizer)
    {
        _parameters = model.Parameters;
        _target = model.Kernels.Target;
        _gradients = gradients;
        _optimizer = optimizer;
        _moments = new Arena<T>[optimizer.CheckedMomentCount()];
        _momentsBefore = new T[]?[_moments.Length];
        for (int moment = 0; moment < _moments.Length; moment++)
        {
            _moments[moment] = new Arena<T>(gradients.Length);
        }
    }

    /// <summary>Prepares a step, before its forward pass.</summary>
    /// <exception cref="InvalidOperationException">Somebody has made a weight infinite or NaN.</exception>
    public void Begin(double learningRate, long step)
    {
        _learningRate = learningRate;
        _step = step;
        if (_version != _parameters.Version)
        {
            // Written by somebody else, or never seen.
            FiniteWeights.Check(_parameters);
            _bounds.Weight = Norm(_parameters.Arena);
            _version = _parameters.Version;
        }
    }

    /// <summary>Whether gradients of this norm, once scaled, can break nothing. Any worker may ask.</summary>
    public bool IsHarmless(double scaledNorm) => After(scaledNorm).Largest < Limit;

    /// <summary>Updates one worker's share.</summary>
    public void Share(int worker, int workers, double scale)
    {
        // Whole cache lines, so that no two workers write one; a number's update does not depend on the cut.
        int line = Arena<T>.Alignment / sizeof(T);
        long lines = (_gradients.Length + line - 1) / line;
        int start = (int)(lines * worker / workers * line);
        int end = (int)Math.Min(lines * (worker + 1) / workers * line, _gradients.Length);
        if (end <= start)
        {
            return;
        }

        T** moments = stackalloc T*[_moments.Length];
        for (int moment = 0; moment < _moments.Length; moment++)
        {
            moments[moment] = _moments[moment].Pointer + start;
        }

        var range = new UpdateRange<T>
        {
            Parameters = _parameters.Pointer + start,
            Gradients = _gradients.Pointer + start,
            Moments = moments,
            MomentCount = _moments.Length,
            Length = end - start,
            GradientScale = scale,
            LearningRate = _learningRate,
            Step = _step,
        };
        _optimizer.Update(_target, in range);
    }

    /// <summary>Says that all shares of a harmless update are done.</summary>
    public void Accept(double scaledNorm)
    {
        UpdateBounds bounds = After(scaledNorm);
        _bounds = new UpdateBounds { Weight = bounds.Weight, First = bounds.First, Second = bounds.Second };
        _parameters.Touch();
        _version = _parameters.Version;
    }

    /// <summary>Makes an update that may do harm.</summary>
    /// <param name="scaledNorm">Norm of the scaled gradients.</param>
    /// <param name="update">Has every worker update its share.</param>
    /// <returns>False when it did, and everything is as before.</returns>
    public bool TryUpdate(double scaledNorm, Action update)
    {
        // Bounds only grow; what they bound need not have.
        Measure();
        if (IsHarmless(scaledNorm))
        {
            update();
            Accept(scaledNorm);
            return true;
        }

        bool isSound = false;
        Save();
        try
        {
            update();
            isSound = AllFinite(_parameters.Arena) && Array.TrueForAll(_moments, AllFinite);
        }
        finally
        {
            // Also when an optimizer's own equations have failed.
            if (!isSound)
            {
                Restore();
            }
        }

        if (isSound)
        {
            Measure();
            _parameters.Touch();
            _version = _parameters.Version;
        }

        return isSound;
    }

    /// <summary>Forgets earlier steps: the moments become zeros.</summary>
    public void Reset()
    {
        foreach (Arena<T> moment in _moments)
        {
            moment.Span.Clear();
        }

        _bounds.First = 0;
        _bounds.Second = 0;
    }

    private UpdateBounds After(double scaledNorm)
    {
        UpdateBounds bounds = _bounds;
        _optimizer.Bound(ref bounds, bounds.Note(scaledNorm), _learningRate, _step);
        return bounds;
    }

    private void Measure()
    {
        if (_optimizer.HasBounds)
        {
            _bounds.Weight = Norm(_parameters.Arena);
            _bounds.First = _moments.Length > 0 ? Norm(_moments[0]) : 0;
            _bounds.Second = _moments.Length > 1 ? Norm(_moments[1]) : 0;
        }
    }

    private double Norm(Arena<T> arena) => Math.Sqrt(ArenaSums.SquaredNorm(_target, arena.Pointer, arena.Length));

    private static bool AllFinite(Arena<T> arena) => FiniteNumbers.All<T>(arena.Span);

    private void Save()
    {
        Copy(_parameters.Arena, ref _weightsBefore);
        for (int moment = 0; moment < _moments.Length; moment++)
        {
            Copy(_moments[moment], ref _momentsBefore[moment]);
        }
    }

    private void Restore()
    {
        _weightsBefore.CopyTo(_parameters.Arena.Span);
        for (int moment = 0; moment < _moments.Length; moment++)
        {
            _momentsBefore[moment].CopyTo(_moments[moment].Span);
        }
    }

    private static void Copy(Arena<T> arena, ref T[]? copy)
    {
        copy ??= new T[arena.Length];
        arena.Span.CopyTo(copy);
    }
}
