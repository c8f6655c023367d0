namespace RnnGen;

/// <summary>
/// The model reads rows of numbers: inputs are <c>[T, B, features]</c>, time-major. The first layer of a model is this
/// or <see cref="EmbeddingAttribute"/>.
/// </summary>
/// <param name="features">Numbers in one time step of one sequence: 1 or more.</param>
public sealed class InputAttribute(int features) : LayerAttribute
{
    /// <summary>Numbers in one time step of one sequence: 1 or more.</summary>
    public int Features { get; } = features;

    /// <summary>
    /// Whether training computes the gradient of the loss with respect to the inputs, too: it costs a product of the
    /// first layer and memory for its rows. A trainer's <c>InputGradient</c> gives it. Default <see langword="false"/>.
    /// </summary>
    public bool Gradient { get; set; }
}
