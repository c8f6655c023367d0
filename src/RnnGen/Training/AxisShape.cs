namespace RnnGen.Training;

/// <summary>
/// A way through time. All sequences of a batch follow it, each as far as its own length; rows along it are packed.
/// </summary>
/// <param name="Name">What it is called, for messages: <c>time</c>, <c>source</c>, <c>target</c>.</param>
/// <param name="Steps">Longest sequence along it: 1 or more.</param>
public sealed record AxisShape(string Name, int Steps)
{
    /// <summary>
    /// Floating-point operations of the forward pass for one step of one sequence along it. Of the only axis of a model
    /// they are not needed: there they are <see cref="ModelShape.FlopsPerRow"/>.
    /// </summary>
    public long FlopsPerRow { get; init; }
}
