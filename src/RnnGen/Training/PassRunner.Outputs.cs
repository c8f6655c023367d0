namespace RnnGen.Training;

// What heads give before a loss looks at it: it writes its gradient over them.
internal sealed unsafe partial class PassRunner<T>
{
    /// <summary>Runs the packed batch forward, whether it has targets or not; nothing else changes.</summary>
    /// <param name="start">What the sequences start from; null for zeros or learned states.</param>
    public void RunForward(RecurrentStates<T>? start)
    {
        _goal = PassGoal.Outputs;
        _pass = new Pass<T> { Parameters = _model.Parameters.Pointer, Workspace = _activations.Pointer };
        Batch.DescribeInputs(ref _pass);
        Begin(start);
        _team.Run(this, ThreadEstimate.Workers(Batch.Flops, Batch.AllSteps, _team.Capacity));
        GC.KeepAlive(this);
    }

    /// <summary>A head's numbers for a packed row of the batch that was run forward last.</summary>
    public ReadOnlySpan<T> OutputRow(int head, int row)
    {
        OutputShape shape = _model.Shape.Outputs[head];
        return new(_activations.Pointer + shape.Offset + ((nint)row * shape.Stride), shape.Size);
    }
}
