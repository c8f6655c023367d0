namespace RnnGen.Cells;

/// <summary>The value that a gate's bias starts from; 0 where it is not given.</summary>
/// <param name="value">Any finite number.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class InitialBiasAttribute(double value) : Attribute
{
    /// <summary>The bias before training.</summary>
    public double Value { get; } = value;
}
