namespace RnnGen.Training;

// What a backward pass leaves in the workspace: no other pass writes these rows.
internal sealed unsafe partial class PassRunner<T>
{
    /// <summary>The gradient of what the sequences of the last gradients started from, in their order.</summary>
    /// <exception cref="InvalidOperationException">There were none yet.</exception>
    public T[] StateGradient(StateTensor tensor)
    {
        CheckGradients();
        T[] gradient = RecurrentStates<T>.ReadGradient(
            _model.Shape, tensor, _gradientLayouts[0].Order, _activations.Pointer);
        GC.KeepAlive(this);
        return gradient;
    }

    /// <summary>The gradient of an input of the last gradients, <c>[T, B, F]</c> as it was given.</summary>
    /// <param name="feed">The input, which has a gradient.</param>
    /// <exception cref="InvalidOperationException">There were none yet.</exception>
    public T[] InputGradient(FeedShape feed)
    {
        CheckGradients();
        BatchLayout layout = _gradientLayouts[feed.Axis];
        var gradient = new T[layout.GivenSteps * layout.Batch * feed.Width];
        T* rows = _activations.Pointer + feed.GradientOffset!.Value;
        RowUnpacking<T>.Steps(layout, rows, feed.GradientStride, feed.Width, gradient);
        GC.KeepAlive(this);
        return gradient;
    }

    private void CheckGradients()
    {
        if (_gradientLayouts[0].Batch == 0)
        {
            throw new InvalidOperationException(
                "There are no gradients yet: call ComputeGradients, or make a step, before.");
        }
    }
}
