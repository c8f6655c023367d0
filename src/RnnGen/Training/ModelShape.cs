using System.Collections.Immutable;

namespace RnnGen.Training;

/// <summary>The sizes of a generated model that the runtime needs to know; lengths and offsets count numbers.</summary>
public sealed record ModelShape
{
    /// <summary>The ways through time, the one of <see cref="Feeds"/>[0] first.</summary>
    public required ImmutableArray<AxisShape> Axes { get; init; }

    /// <summary>Most sequences of a batch.</summary>
    public required int Batch { get; init; }

    /// <summary>What a pass gets from outside: inputs, then targets.</summary>
    public required ImmutableArray<FeedShape> Feeds { get; init; }

    /// <summary>What a pass gives.</summary>
    public required ImmutableArray<OutputShape> Outputs { get; init; }

    /// <summary>Length of the parameter arena, padding included.</summary>
    public required int ParameterLength { get; init; }

    /// <summary>Length of the transposed weights that the backward pass reads.</summary>
    public required int TransposedLength { get; init; }

    /// <summary>Length of the workspace of a training pass: activations, and behind them their gradients.</summary>
    public required int WorkspaceLength { get; init; }

    /// <summary>
    /// Length of the workspace of a forward pass that no backward pass follows, without targets: there rows that are
    /// read no more give their place to others.
    /// </summary>
    public required int InferenceWorkspaceLength { get; init; }

    /// <summary>Length of a streaming state; 0 when the model does not stream.</summary>
    public required int StateLength { get; init; }

    /// <summary>Length of the weights packed for streaming; may be 0.</summary>
    public required int StepWeightsLength { get; init; }

    /// <summary>
    /// The states of all recurrent layers: those of one name (<see cref="StateBuffer.FullName"/>) have the places 0, 1
    /// … in this order.
    /// </summary>
    public required ImmutableArray<StateBuffer> States { get; init; }

    /// <summary>
    /// The states of a decoder's recurrent layers, which start from what the encoder's end in; empty where there is
    /// none that decodes.
    /// </summary>
    public ImmutableArray<StateBuffer> DecoderStates { get; init; } = [];

    /// <summary>What of a decoder's rows depends on their tokens alone; empty where nothing is multiplied with them.
    /// </summary>
    public ImmutableArray<TokenRun> TokenRuns { get; init; } = [];

    /// <summary>The attention layers, in the order of the model; empty where there is none.</summary>
    public ImmutableArray<AttentionShape> Attentions { get; init; } = [];

    /// <summary>The token that ends what a decoder gives; null where there is none that decodes.</summary>
    public int? EndToken { get; init; }

    /// <summary>True when the model can be stepped one input at a time.</summary>
    public required bool Streams { get; init; }

    /// <summary>
    /// True when sequences may go on where those of the batch before ended: there are states, all of which are handed
    /// from step to step forward alone.
    /// </summary>
    internal bool CarriesState => !States.IsEmpty && States.All(state => state.MayBeCarried);

    /// <summary>
    /// Floating-point operations of the forward pass for one step of one sequence, along all axes together.
    /// </summary>
    public required long FlopsPerRow { get; init; }

    /// <summary>What a decoder gives: the encoder may have heads, too.</summary>
    internal OutputShape DecoderOutput => Outputs.First(output => output.Axis == Axes.Length - 1);

    /// <summary>Longest sequence along the first axis.</summary>
    public int Steps => Axes[0].Steps;

    /// <summary>Features of a step of the first input; 0 when it is tokens.</summary>
    public int InputSize => Feeds[0].HasIndices ? 0 : Feeds[0].Width;

    /// <summary>Number of tokens of the first input; 0 when it is features.</summary>
    public int Vocabulary => Feeds[0].Indices;

    /// <summary>Numbers that one step of one sequence takes of the first input: the features, or one token.</summary>
    public int InputWidth => Feeds[0].Width;

    /// <summary>Outputs of a step, or of a sequence, of the first head.</summary>
    public int OutputSize => Outputs[0].Size;

    /// <summary>True for one row of the first head's outputs per sequence, false for one per step.</summary>
    public bool OutputPerSequence => Outputs[0].IsPerSequence;
}
