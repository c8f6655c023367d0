namespace RnnGen;

/// <summary>
/// Most that a model's weights and moments can be in magnitude, followed from step to step without looking at them. So
/// an update that could make any of them infinite is known before it is made.
/// </summary>
internal struct UpdateBounds
{
    /// <summary>Bound of all weights.</summary>
    public double Weight;

    /// <summary>Bound of all first moments.</summary>
    public double First;

    /// <summary>Bound of all second moments.</summary>
    public double Second;

    /// <summary>Bound of all numbers that were noted; NaN if one of them was.</summary>
    public double Largest { get; private set; }

    /// <summary>Notes a bound of a constant or of a number on the way to the new weights, and returns it.</summary>
    public double Note(double bound)
    {
        Largest = Math.Max(Largest, Math.Abs(bound));
        return bound;
    }
}
