namespace RnnGen;

/// <summary>What one head of a model, an output with a loss of its own, came to in an epoch.</summary>
/// <param name="Name">The head's name: that of its loss.</param>
/// <param name="TrainLoss">Mean loss over its output rows, before the head's weight.</param>
/// <param name="ValidationLoss">The same over the validation data; null without any.</param>
public sealed record HeadReport(string Name, double TrainLoss, double? ValidationLoss);
