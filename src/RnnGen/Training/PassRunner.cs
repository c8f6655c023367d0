using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>What a pass is run for.</summary>
internal enum PassGoal
{
    /// <summary>The loss.</summary>
    Loss,

    /// <summary>The loss and the gradients.</summary>
    Gradients,

    /// <summary>The loss, the gradients and new weights.</summary>
    Update,
}

/// <summary>
/// One training pass over a packed batch, as every worker of the team runs it: transposed weights, forward, backward,
/// gradient norm, update. Holds all memory that training needs; nothing is allocated per pass.
/// </summary>
internal sealed unsafe class PassRunner<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ModelRuntime<T> _model;
    private readonly WorkerTeam _team;
    private readonly Optimizer _optimizer;
    private readonly GradientClipping<T> _clipping;
    private readonly Arena<T> _transposed;
    private readonly Arena<T> _activations;
    private readonly Arena<T> _rowLosses;
    private readonly Arena<T>[] _moments;
    private Pass<T> _pass;
    private PassGoal _goal;
    private double _learningRate;
    private long _step;

    public PassRunner(ModelRuntime<T> model, TrainingOptions options)
    {
        ModelShape shape = model.Shape;
        _model = model;
        _optimizer = options.Optimizer;

        // Zeros at first: nobody writes some of the padding, and the norm and the moments run over it.
        Gradients = new Arena<T>(shape.ParameterLength);
        _clipping = new GradientClipping<T>(Gradients, model.Kernels.Target, options.ClipNorm);
        _transposed = new Arena<T>(shape.TransposedLength);
        _activations = new Arena<T>(shape.WorkspaceLength);
        _rowLosses = new Arena<T>(shape.Batch * (shape.OutputPerSequence ? 1 : shape.Steps));
        _moments = new Arena<T>[_optimizer.CheckedMomentCount()];
        for (int moment = 0; moment < _moments.Length; moment++)
        {
            _moments[moment] = new Arena<T>(shape.ParameterLength);
        }

        Batch = new PackedBatch<T>(shape);

        // Last: nothing after it can fail and leave its threads behind.
        _team = new WorkerTeam(options.Threads);
    }

    /// <summary>The batch that the next pass works on.</summary>
    public PackedBatch<T> Batch { get; }

    /// <summary>The gradients of the last pass that made any, before clipping.</summary>
    public Arena<T> Gradients { get; }

    /// <summary>Mean loss of the last pass over its output rows.</summary>
    public double Loss { get; private set; }

    /// <summary>Norm of <see cref="Gradients"/>.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>False when an update was withheld because loss or gradients were not finite.</summary>
    public bool IsFinite => double.IsFinite(Loss) && double.IsFinite(GradientNorm);

    /// <summary>Runs the packed batch.</summary>
    /// <param name="goal">How far to go.</param>
    /// <param name="carried">States to start from and, if <paramref name="store"/>, to end in; null for zeros.</param>
    /// <param name="store">Whether the states that the sequences end in are kept.</param>
    /// <param name="dropoutKey">Key of the dropout masks; 0 for none.</param>
    /// <param name="learningRate">Learning rate of an update.</param>
    /// <param name="step">Number of an update, 1 for the first.</param>
    public void Run(
        PassGoal goal, CarriedState<T>? carried, bool store, ulong dropoutKey, double learningRate, long step)
    {
        _goal = goal;
        _learningRate = learningRate;
        _step = step;
        bool training = goal != PassGoal.Loss;
        _pass = new Pass<T>
        {
            Parameters = _model.Parameters.Pointer,
            Transposed = training ? _transposed.Pointer : null,
            Gradients = training ? Gradients.Pointer : null,
            Workspace = _activations.Pointer,
            RowLosses = _rowLosses.Pointer,
            DropoutKey = dropoutKey,
            Training = training,
        };
        Batch.Describe(ref _pass);
        if (carried is null)
        {
            CarriedState<T>.Clear(_model.Shape, Batch.Batch, _activations.Pointer);
        }
        else
        {
            carried.Load(Batch, _activations.Pointer);
        }

        try
        {
            _team.Run(this, ThreadEstimate.Workers(Batch.Rows, Batch.Steps, _model.Shape.FlopsPerRow, _team.Capacity));
        }
        finally
        {
            // Also when an optimizer's own rule has failed: what was made from the weights must not outlive them.
            if (goal == PassGoal.Update && IsFinite)
            {
                _model.Parameters.Touch();
            }
        }

        // A step that was withheld leaves the states where they were, too, so that it can be repeated.
        if (store && carried is not null && (goal == PassGoal.Update ? IsFinite : double.IsFinite(Loss)))
        {
            carried.Store(Batch, _activations.Pointer);
        }

        GC.KeepAlive(this);
    }

    /// <summary>Forgets earlier steps: the moments become zeros.</summary>
    public void ResetMoments()
    {
        foreach (var moment in _moments)
        {
            moment.Span.Clear();
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Close() => _team.Dispose();

    void ITeamWork.Run(int worker)
    {
        ModelKernels<T> kernels = _model.Kernels;
        int workers = _team.Workers;
        if (_goal == PassGoal.Loss)
        {
            kernels.Forward(in _pass, _team, worker);
            _team.Barrier(worker);
            SumLosses(worker);
            return;
        }

        kernels.Transpose(_pass.Parameters, _pass.Transposed, worker, workers);
        _team.Barrier(worker);
        kernels.Forward(in _pass, _team, worker);
        _team.Barrier(worker);
        kernels.Backward(in _pass, _team, worker);
        _team.Barrier(worker);
        _clipping.SumShare(worker, workers);
        SumLosses(worker);
        _team.Barrier(worker);

        // Every worker finds the same norm from the same sums, which is cheaper than another barrier.
        double norm = _clipping.Norm();
        if (worker == 0)
        {
            GradientNorm = norm;
        }

        if (_goal == PassGoal.Update && double.IsFinite(Loss) && double.IsFinite(norm))
        {
            UpdateShare(worker, workers, _clipping.Scale(norm));
        }
    }

    private void SumLosses(int worker)
    {
        if (worker == 0)
        {
            Loss = ArenaSums.Sum(_model.Kernels.Target, _rowLosses.Pointer, Batch.OutputRows) / Batch.OutputRows;
        }
    }

    private void UpdateShare(int worker, int workers, double scale)
    {
        // Whole cache lines, so that no two workers write one; a number's update does not depend on the cut.
        int line = Arena<T>.Alignment / sizeof(T);
        long lines = (Gradients.Length + line - 1) / line;
        int start = (int)(lines * worker / workers * line);
        int end = (int)Math.Min(lines * (worker + 1) / workers * line, Gradients.Length);
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
            Parameters = _pass.Parameters + start,
            Gradients = Gradients.Pointer + start,
            Moments = moments,
            MomentCount = _moments.Length,
            Length = end - start,
            GradientScale = scale,
            LearningRate = _learningRate,
            Step = _step,
        };
        _optimizer.Update(_model.Kernels.Target, in range);
    }
}
