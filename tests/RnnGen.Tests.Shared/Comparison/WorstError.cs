namespace RnnGen.Tests.Comparison;

/// <summary>
/// The largest of the errors seen, and where it was. What is no number must not pass: it is larger than all, and stays,
/// whatever comes after it.
/// </summary>
/// <typeparam name="TPlace">What names a place.</typeparam>
public sealed class WorstError<TPlace>(TPlace nowhere)
{
    /// <summary>The largest error so far; 0 before the first.</summary>
    public double Value { get; private set; }

    /// <summary>Where it was.</summary>
    public TPlace Place { get; private set; } = nowhere;

    public void Add(double error, TPlace place)
    {
        if (!double.IsNaN(Value) && !(error <= Value))
        {
            (Value, Place) = (error, place);
        }
    }
}
