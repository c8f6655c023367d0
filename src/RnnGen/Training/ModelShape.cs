using System.Collections.Immutable;

namespace RnnGen.Training;

/// <summary>The sizes of a generated model that the runtime needs to know; lengths and offsets count numbers.</summary>
public sealed record ModelShape
{
    /// <summary>Longest sequence of a batch.</summary>
    public required int Steps { get; init; }

    /// <summary>Most sequences of a batch.</summary>
    public required int Batch { get; init; }

    /// <summary>Features of a step; 0 when the input is tokens.</summary>
    public required int InputSize { get; init; }

    /// <summary>Number of tokens; 0 when the input is features.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Outputs of a step, or of a sequence.</summary>
    public required int OutputSize { get; init; }

    /// <summary>Numbers from one output row to the next.</summary>
    public required int OutputStride { get; init; }

    /// <summary>Place of the output rows in the workspace: packed rows, or packed sequences.</summary>
    public required int OutputOffset { get; init; }

    /// <summary>True for one output row per sequence, false for one per step.</summary>
    public required bool OutputPerSequence { get; init; }

    /// <summary>Length of the parameter arena, padding included.</summary>
    public required int ParameterLength { get; init; }

    /// <summary>Length of the transposed weights that the backward pass reads.</summary>
    public required int TransposedLength { get; init; }

    /// <summary>Length of the activation workspace of a pass.</summary>
    public required int WorkspaceLength { get; init; }

    /// <summary>Length of a streaming state; 0 when the model does not stream.</summary>
    public required int StateLength { get; init; }

    /// <summary>Length of the weights packed for streaming; may be 0.</summary>
    public required int StepWeightsLength { get; init; }

    /// <summary>
    /// The states of all recurrent layers: those of one name (<see cref="StateBuffer.FullName"/>) have the places 0, 1
    /// … in this order.
    /// </summary>
    public required ImmutableArray<StateBuffer> States { get; init; }

    /// <summary>True when the model can be stepped one input at a time.</summary>
    public required bool Streams { get; init; }

    /// <summary>Floating-point operations of the forward pass for one step of one sequence.</summary>
    public required long FlopsPerRow { get; init; }

    /// <summary>Numbers that one step of one sequence takes: the features, or one token.</summary>
    public int InputWidth => Vocabulary > 0 ? 1 : InputSize;
}
