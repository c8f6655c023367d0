namespace RnnGen;

/// <summary>Function applied to every number of a layer's result.</summary>
public enum Activation
{
    /// <summary>y = x.</summary>
    Linear = 0,

    /// <summary>y = tanh(x), in [-1, 1].</summary>
    Tanh = 1,

    /// <summary>y = max(0, x).</summary>
    Relu = 2,

    /// <summary>y = 1 / (1 + e⁻ˣ), in [0, 1].</summary>
    Sigmoid = 3,
}
