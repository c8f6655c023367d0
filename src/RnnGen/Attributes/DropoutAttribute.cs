namespace RnnGen;

/// <summary>
/// Zeroes numbers at random while training and scales the others by 1 / (1 - rate); does nothing otherwise.
/// </summary>
/// <param name="rate">Probability of a zero, in [0, 1).</param>
public sealed class DropoutAttribute(float rate) : LayerAttribute
{
    /// <summary>Probability of a zero, in [0, 1).</summary>
    public float Rate { get; } = rate;
}
