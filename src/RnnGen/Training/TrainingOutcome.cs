namespace RnnGen;

/// <summary>How a call of <c>Fit</c> ended.</summary>
public enum TrainingOutcome
{
    /// <summary>All epochs were trained.</summary>
    Completed,

    /// <summary>The caller cancelled.</summary>
    Canceled,

    /// <summary>A loss or a gradient was infinite or not a number; the last good weights are back.</summary>
    Diverged,
}
