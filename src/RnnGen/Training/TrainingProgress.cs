namespace RnnGen;

/// <summary>How far a call of <c>Fit</c> is: reported after every epoch, and some times a second within one.</summary>
/// <param name="Epoch">Number of the epoch, 1 for the first.</param>
/// <param name="Epochs">Epochs asked for.</param>
/// <param name="Batch">Batches of the epoch that are done.</param>
/// <param name="Batches">Batches of an epoch.</param>
/// <param name="TrainLoss">Mean training loss of the epoch so far.</param>
/// <param name="ValidationLoss">Validation loss, known at the end of an epoch with validation data.</param>
/// <param name="LearningRate">Learning rate of the last step.</param>
/// <param name="ItemsPerSecond">Sequence steps trained on per second in this epoch.</param>
/// <param name="Elapsed">Time since the call began.</param>
/// <param name="EpochEnded">True for the report after an epoch.</param>
public readonly record struct TrainingProgress(
    int Epoch,
    int Epochs,
    int Batch,
    int Batches,
    double TrainLoss,
    double? ValidationLoss,
    double LearningRate,
    double ItemsPerSecond,
    TimeSpan Elapsed,
    bool EpochEnded);
