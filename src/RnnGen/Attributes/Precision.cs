namespace RnnGen;

/// <summary>Number format of a model's weights, activations and arithmetic.</summary>
public enum Precision
{
    /// <summary>32-bit <see cref="float"/>.</summary>
    Single = 0,

    /// <summary>64-bit <see cref="double"/>: half the speed, for gradient checks.</summary>
    Double = 1,
}
