using System.Collections.Immutable;

namespace RnnGen.Training;

/// <summary>The sizes of a generated model that the runtime needs to know; lengths and offsets count numbers.</summary>
/// <param name="Steps">Longest sequence of a batch.</param>
/// <param name="Batch">Most sequences of a batch.</param>
/// <param name="InputSize">Features of a step; 0 when the input is tokens.</param>
/// <param name="Vocabulary">Number of tokens; 0 when the input is features.</param>
/// <param name="OutputSize">Outputs of a step, or of a sequence.</param>
/// <param name="OutputStride">Numbers from one output row to the next.</param>
/// <param name="OutputOffset">Place of the output rows in the workspace: packed rows, or packed sequences.</param>
/// <param name="OutputPerSequence">True for one output row per sequence, false for one per step.</param>
/// <param name="ParameterLength">Length of the parameter arena, padding included.</param>
/// <param name="TransposedLength">Length of the transposed weights that the backward pass reads.</param>
/// <param name="WorkspaceLength">Length of the activation workspace of a pass.</param>
/// <param name="StateLength">Length of a streaming state; 0 when the model does not stream.</param>
/// <param name="StepWeightsLength">Length of the weights packed for streaming; may be 0.</param>
/// <param name="States">Recurrent states that may be carried from batch to batch; empty for bidirectional ones.</param>
/// <param name="Streams">True when the model can be stepped one input at a time.</param>
/// <param name="FlopsPerRow">Floating-point operations of the forward pass for one step of one sequence.</param>
public sealed record ModelShape(
    int Steps,
    int Batch,
    int InputSize,
    int Vocabulary,
    int OutputSize,
    int OutputStride,
    int OutputOffset,
    bool OutputPerSequence,
    int ParameterLength,
    int TransposedLength,
    int WorkspaceLength,
    int StateLength,
    int StepWeightsLength,
    ImmutableArray<StateBuffer> States,
    bool Streams,
    long FlopsPerRow)
{
    /// <summary>Numbers that one step of one sequence takes: the features, or one token.</summary>
    public int InputWidth => Vocabulary > 0 ? 1 : InputSize;
}
