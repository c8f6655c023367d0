using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>The memory of one forward pass without training: used by one call at a time.</summary>
internal sealed unsafe class InferenceWorkspace<T>(ModelRuntime<T> model)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PackedBatch<T> _batch = new(model.Shape);
    private readonly Arena<T> _activations = new(model.Shape.InferenceWorkspaceLength);
    private CallCounter _calls;

    /// <summary>The batch that the next pass works on.</summary>
    public PackedBatch<T> Batch => _batch;

    /// <summary>Begins a call that gives its inputs one by one, with an empty batch.</summary>
    /// <returns>Its number.</returns>
    public long Begin()
    {
        _batch.Clear();
        return _calls.Begin();
    }

    /// <summary>Whether the call of a number is running.</summary>
    public bool IsRunning(long call) => _calls.IsRunning(call);

    /// <summary>Ends the call of a number.</summary>
    /// <returns>False where it has ended before, and somebody else may have the workspace.</returns>
    public bool End(long call) => _calls.End(call);

    public void Forward<TInput>(
        ReadOnlySpan<TInput> inputs,
        SequenceLengths lengths,
        Span<T> outputs,
        RecurrentStates<T>? initial,
        RecurrentStates<T>? final,
        SequenceOrder order)
        where TInput : unmanaged
    {
        _batch.Pack(inputs, lengths, outputs.Length, order);
        Run(initial, final);
        Read(0, outputs);
    }

    /// <summary>Runs the packed batch.</summary>
    public void Run(RecurrentStates<T>? initial, RecurrentStates<T>? final)
    {
        var pass = new Pass<T> { Parameters = model.Parameters.Pointer, Workspace = _activations.Pointer };
        _batch.Describe(ref pass, hasTargets: false);
        initial?.Check(model.Shape, _batch.Batch, nameof(initial));
        final?.Check(model.Shape, _batch.Batch, nameof(final));
        if (initial is null)
        {
            RecurrentStates<T>.Begin(model.Shape, _batch.Batch, pass.Parameters, _activations.Pointer);
        }
        else
        {
            initial.Load(_batch, pass.Parameters, _activations.Pointer);
        }

        model.Kernels.Forward(in pass, WorkerTeam.Single, 0);
        final?.Store(_batch, _activations.Pointer);
        GC.KeepAlive(model);
        GC.KeepAlive(this);
    }

    /// <summary>Copies what a head has given.</summary>
    public void Read(int output, Span<T> outputs)
    {
        _batch.Unpack(output, _activations.Pointer + _batch.OutputAt(output).Offset, outputs);
        GC.KeepAlive(this);
    }

    /// <summary>Copies what was attended to.</summary>
    /// <param name="attention">Receives the matrices of each sequence; empty for nothing.</param>
    public void ReadAttention(Span<ImmutableArray<AttentionMatrix>> attention)
    {
        _batch.CheckAttention(attention.Length, nameof(attention));
        if (attention.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<int> order = _batch.Layout(model.Shape.Attentions[0].Axis).Order;
        for (int place = 0; place < order.Length; place++)
        {
            int packed = place;
            attention[order[place]] = [.. model.Shape.Attentions.Select(shape => Matrix(shape, packed))];
        }
    }

    private AttentionMatrix Matrix(AttentionShape shape, int place)
    {
        BatchLayout layout = _batch.Layout(shape.Axis);
        int steps = _batch.Layout(shape.From).GivenLengths[layout.Order[place]];
        double[] weights = new double[layout.Lengths[place] * steps];
        for (int row = 0; row < layout.Lengths[place]; row++)
        {
            ReadOnlySpan<T> attended =
                _activations.Span.Slice(shape.Offset + ((layout.StepOffset[row] + place) * shape.Stride), steps);
            for (int step = 0; step < steps; step++)
            {
                weights[(row * steps) + step] = double.CreateTruncating(attended[step]);
            }
        }

        return new AttentionMatrix(shape.Name, steps, ImmutableCollectionsMarshal.AsImmutableArray(weights));
    }
}
