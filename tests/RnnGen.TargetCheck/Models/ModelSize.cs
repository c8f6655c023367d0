namespace RnnGen.TargetCheck.Models;

/// <summary>A model's sizes, from its constants.</summary>
/// <param name="Steps">Steps of the longest sequence.</param>
/// <param name="Batch">Most sequences.</param>
/// <param name="Vocabulary">Tokens that there are; 0 when the model takes features.</param>
/// <param name="InputSize">Numbers in one step of the input; 1 for tokens.</param>
/// <param name="OutputSize">Outputs in a row.</param>
/// <param name="OutputPerSequence">Whether a sequence has one row of outputs, rather than one a step.</param>
internal readonly record struct ModelSize(
    int Steps, int Batch, int Vocabulary, int InputSize, int OutputSize, bool OutputPerSequence)
{
    /// <summary>The sizes of a model of features.</summary>
    public static ModelSize Features(
        int steps, int batch, int inputSize, int outputSize, bool outputPerSequence = false) =>
        new(steps, batch, 0, inputSize, outputSize, outputPerSequence);

    /// <summary>The sizes of a model of tokens.</summary>
    public static ModelSize Tokens(int steps, int batch, int vocabulary, int outputSize) =>
        new(steps, batch, vocabulary, 1, outputSize, OutputPerSequence: false);
}
