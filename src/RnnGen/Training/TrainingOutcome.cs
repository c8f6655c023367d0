namespace RnnGen;

/// <summary>How a call of <c>Fit</c> ended.</summary>
public enum TrainingOutcome
{
    /// <summary>All epochs were trained.</summary>
    Completed,

    /// <summary>The caller cancelled.</summary>
    Canceled,

    /// <summary>
    /// A loss, by validation or in training, or a gradient was infinite or NaN, or the weights would have been. The
    /// model has the weights that were best by validation, or else the latest good ones.
    /// </summary>
    Diverged,

    /// <summary>
    /// As many epochs as <see cref="TrainingOptions.Patience"/> says were no better than one before them. The model has
    /// the weights of the best epoch, or of the last where <see cref="TrainingOptions.KeepBest"/> is false.
    /// </summary>
    StoppedEarly,
}
