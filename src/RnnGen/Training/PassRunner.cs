using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>What a pass is run for.</summary>
internal enum PassGoal
{
    /// <summary>What the heads give.</summary>
    Outputs,

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
internal sealed unsafe partial class PassRunner<T> : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ModelRuntime<T> _model;
    private readonly WorkerTeam _team;
    private readonly WorkerChoice _choice;
    private readonly GradientClipping<T> _clipping;
    private readonly Arena<T> _transposed;
    private readonly Arena<T> _activations;
    private readonly Arena<T>[] _rowLosses;
    private readonly double[] _headLosses;

    // Pinned: kernels read it.
    private readonly HeadLosses<T>[] _heads;
    private readonly WeightUpdate<T> _update;
    private readonly Action _updateByTeam;
    private readonly BatchLayout[] _gradientLayouts;
    private readonly StateBuffer[] _learnedStates;
    private readonly bool[] _startsAnew;
    private Pass<T> _pass;
    private PassGoal _goal;
    private int _workers;
    private bool _onlyUpdates;

    public PassRunner(ModelRuntime<T> model, TrainingOptions options)
    {
        ModelShape shape = model.Shape;
        _model = model;

        // Zeros at first: nobody writes some of the padding, and the norm and the moments run over it.
        Gradients = new Arena<T>(shape.ParameterLength);
        _clipping = new GradientClipping<T>(Gradients, model.Kernels.Target, options.ClipNorm);
        _transposed = new Arena<T>(shape.TransposedLength);
        _activations = new Arena<T>(shape.WorkspaceLength);
        _rowLosses = [.. shape.Outputs.Select(output => new Arena<T>(
            shape.Batch * (output.IsPerSequence ? 1 : shape.Axes[output.Axis].Steps)))];
        _heads = GC.AllocateArray<HeadLosses<T>>(shape.Outputs.Length, pinned: true);
        _headLosses = new double[shape.Outputs.Length];
        _update = new WeightUpdate<T>(model, Gradients, options.Optimizer);
        _updateByTeam = UpdateByTeam;
        Batch = new PackedBatch<T>(shape);
        _gradientLayouts = [.. shape.Axes.Select(axis => new BatchLayout(axis, shape.Batch))];
        _learnedStates = [.. shape.States.Where(state => state.LearnedOffset is not null)];
        _startsAnew = new bool[shape.Batch];

        // Last: nothing after it can fail and leave its threads behind.
        _team = new WorkerTeam(options.Threads);
        _choice = new WorkerChoice(options.Threads);
    }

    /// <summary>The batch that the next pass works on.</summary>
    public PackedBatch<T> Batch { get; }

    /// <summary>The gradients of the last pass that made any, before clipping.</summary>
    public Arena<T> Gradients { get; }

    /// <summary>
    /// Loss of the last pass: of each head the mean over its output rows, times its weight.
    /// </summary>
    public double Loss { get; private set; }

    /// <summary>Mean loss of each head over its output rows, before its weight.</summary>
    public ReadOnlySpan<double> HeadLosses => _headLosses;

    /// <summary>Norm of <see cref="Gradients"/>.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>
    /// False when an update was withheld because loss, gradients or the new weights were not finite.
    /// </summary>
    public bool IsUpdated { get; private set; }

    private bool IsFinite => double.IsFinite(Loss) && double.IsFinite(GradientNorm);

    /// <summary>Runs the packed batch.</summary>
    /// <param name="goal">How far to go.</param>
    /// <param name="states">Where the sequences start from and who gets what they end in.</param>
    /// <param name="dropoutKey">Key of the dropout masks; 0 for none.</param>
    /// <param name="learningRate">Learning rate of an update.</param>
    /// <param name="step">Number of an update, 1 for the first.</param>
    public void Run(PassGoal goal, StateFlow<T> states, ulong dropoutKey, double learningRate, long step)
    {
        _goal = goal;
        IsUpdated = false;
        if (goal == PassGoal.Update)
        {
            _update.Begin(learningRate, step);
        }

        Describe(dropoutKey);
        Begin(states.Start);
        int most = ThreadEstimate.Workers(Batch.Flops, Batch.AllSteps, _team.Capacity);
        _workers = _choice.Workers(most);
        long begun = Stopwatch.GetTimestamp();
        _team.Run(this, _workers);
        if (goal != PassGoal.Loss)
        {
            _choice.Learn(Stopwatch.GetElapsedTime(begun).TotalNanoseconds / Batch.Flops, most);
        }

        if (goal == PassGoal.Update && IsFinite)
        {
            FinishUpdate();
        }

        if (goal != PassGoal.Loss)
        {
            for (int axis = 0; axis < _gradientLayouts.Length; axis++)
            {
                _gradientLayouts[axis].CopyFrom(Batch.Layout(axis));
            }
        }

        Store(states);
        GC.KeepAlive(this);
    }

    /// <summary>Forgets earlier steps: the moments become zeros.</summary>
    public void ResetMoments() => _update.Reset();

    /// <summary>Ends the threads.</summary>
    public void Close() => _team.Dispose();

    void ITeamWork.Run(int worker)
    {
        if (_onlyUpdates)
        {
            _update.Share(worker, _team.Workers, _clipping.Scale(GradientNorm));
            return;
        }

        if (_goal is PassGoal.Gradients or PassGoal.Update)
        {
            Train(worker);
            return;
        }

        _model.Kernels.Forward(in _pass, _team, worker);
        if (_goal == PassGoal.Loss)
        {
            _team.Barrier(worker);
            SumLosses(worker);
        }
    }

    private void Train(int worker)
    {
        ModelKernels<T> kernels = _model.Kernels;
        int workers = _team.Workers;
        kernels.Transpose(_pass.Parameters, _pass.Transposed, worker, workers);
        _team.Barrier(worker);
        kernels.Forward(in _pass, _team, worker);
        _team.Barrier(worker);
        kernels.Backward(in _pass, _team, worker);
        _team.Barrier(worker);
        if (_learnedStates.Length > 0)
        {
            SumStateGradients(worker, workers);
            _team.Barrier(worker);
        }

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
            double scale = _clipping.Scale(norm);
            if (_update.IsHarmless(norm * scale))
            {
                _update.Share(worker, workers, scale);
            }
        }
    }

    // What is not given, or carried over from a batch before, starts from zeros or learned states.
    private void Begin(RecurrentStates<T>? start)
    {
        T* parameters = _model.Parameters.Pointer;
        if (start is null)
        {
            RecurrentStates<T>.Begin(_model.Shape, Batch.Batch, parameters, _activations.Pointer);
        }
        else
        {
            start.Load(Batch, parameters, _activations.Pointer);
        }

        for (int i = 0; i < Batch.Batch; i++)
        {
            _startsAnew[i] = start is null || !start.Gives(Batch.Order[i]);
        }
    }

    // Each state is one worker's, so that it is added up in one order whatever their number.
    private void SumStateGradients(int worker, int workers)
    {
        ReadOnlySpan<bool> startsAnew = _startsAnew.AsSpan(0, Batch.Batch);
        for (int i = worker; i < _learnedStates.Length; i += workers)
        {
            RecurrentStates<T>.SumGradient(
                _learnedStates[i], startsAnew, _activations.Pointer, Gradients.Pointer);
        }
    }

    // A step that was withheld leaves the states where they were, too, so that it can be repeated.
    private void Store(StateFlow<T> states)
    {
        if (_goal == PassGoal.Update && !IsUpdated)
        {
            return;
        }

        states.End?.Store(Batch, _activations.Pointer);
        if (_goal == PassGoal.Update || double.IsFinite(Loss))
        {
            states.Carried?.Store(Batch, _activations.Pointer);
        }
    }

    private void Describe(ulong dropoutKey)
    {
        bool training = _goal != PassGoal.Loss;
        _pass = new Pass<T>
        {
            Parameters = _model.Parameters.Pointer,
            Transposed = training ? _transposed.Pointer : null,
            Gradients = training ? Gradients.Pointer : null,
            Workspace = _activations.Pointer,
            Heads = DescribeHeads(),
            DropoutKey = dropoutKey,
            Training = training,
        };
        Batch.Describe(ref _pass, hasTargets: true);
    }

    private HeadLosses<T>* DescribeHeads()
    {
        for (int head = 0; head < _heads.Length; head++)
        {
            _heads[head] = new HeadLosses<T>
            {
                Rows = _rowLosses[head].Pointer,
                GradientScale = T.CreateTruncating(_model.Shape.Outputs[head].Weight)
                    / T.CreateTruncating(Batch.OutputRows(head)),
            };
        }

        return (HeadLosses<T>*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_heads));
    }

    // The workers have made the update if it was harmless, and left it alone if not.
    private void FinishUpdate()
    {
        double norm = GradientNorm * _clipping.Scale(GradientNorm);
        if (_update.IsHarmless(norm))
        {
            _update.Accept(norm);
            IsUpdated = true;
        }
        else
        {
            IsUpdated = _update.TryUpdate(norm, _updateByTeam);
        }
    }

    private void UpdateByTeam()
    {
        _onlyUpdates = true;
        try
        {
            _team.Run(this, _workers);
        }
        finally
        {
            _onlyUpdates = false;
        }
    }

    private void SumLosses(int worker)
    {
        if (worker != 0)
        {
            return;
        }

        double loss = 0;
        for (int head = 0; head < _heads.Length; head++)
        {
            int rows = Batch.OutputRows(head);
            double mean = ArenaSums.Sum(_model.Kernels.Target, _rowLosses[head].Pointer, rows) / rows;
            _headLosses[head] = mean;
            loss += _model.Shape.Outputs[head].Weight * mean;
        }

        Loss = loss;
    }
}
