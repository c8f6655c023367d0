using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>What will be emitted for a model: one plan per SIMD target, and what they have in common.</summary>
/// <param name="MissingLoss">Null where the model has a loss.</param>
internal sealed record ModelPlan(
    ModelSpec Spec, EquatableArray<LayerSummary> Summary, int ParameterCount, EquatableArray<TargetPlan> Targets,
    MissingLoss? MissingLoss)
{
    /// <summary>The model reads tokens, not features.</summary>
    public bool ReadsTokens => Targets[0].Feeds[0].HasIndices;

    public string Number => Spec.Precision == Precision.Double ? "double" : "float";
}

/// <summary>One line of the model's summary.</summary>
internal sealed record LayerSummary(string Layer, string Shape, int Parameters, long FlopsPerRow);

/// <summary>Shapes, offsets, buffers and ordered operations for one target.</summary>
internal sealed record TargetPlan
{
    public required SimdTarget Target { get; init; }

    public required Precision Precision { get; init; }

    public required int Lanes { get; init; }

    /// <summary>The ways through time.</summary>
    public required EquatableArray<AxisPlan> Axes { get; init; }

    public required int Batch { get; init; }

    /// <summary>What comes from outside, inputs before targets.</summary>
    public required EquatableArray<FeedPlan> Feeds { get; init; }

    /// <summary>What the model gives: 1 or more.</summary>
    public required EquatableArray<HeadPlan> Heads { get; init; }

    public required bool Streams { get; init; }

    /// <summary>Whether there is a backward pass.</summary>
    public bool Trains => Backward.Count > 0;

    /// <summary>What sums without a bias start from.</summary>
    public required NamedOffset Zeros { get; init; }

    public required ArenaPlan Parameters { get; init; }

    public required ArenaPlan Transposed { get; init; }

    /// <summary>What the forward pass reads or writes and others know of.</summary>
    public required ArenaPlan Workspace { get; init; }

    /// <summary>What it reads or writes and nobody else knows of; its length is that of both.</summary>
    public required ArenaPlan Scratch { get; init; }

    /// <summary>The length of both outside of training.</summary>
    public required int InferenceWorkspaceLength { get; init; }

    /// <summary>What only the backward pass touches; its length is that of the whole workspace.</summary>
    public required ArenaPlan BackwardWorkspace { get; init; }

    public required ArenaPlan State { get; init; }

    public required ArenaPlan StepWeights { get; init; }

    public required EquatableArray<TensorPlan> Tensors { get; init; }

    public required EquatableArray<OptionPlan> Options { get; init; }

    /// <summary>The states of all recurrent layers, in their order.</summary>
    public required EquatableArray<NamedStatePlan> States { get; init; }

    /// <summary>The states of a decoder, which start from the encoder's; none where nothing is decoded.</summary>
    public required EquatableArray<NamedStatePlan> DecoderStates { get; init; }

    /// <summary>What attention layers look at.</summary>
    public required EquatableArray<AttentionView> Attentions { get; init; }

    /// <summary>What ends a decoder's sequences; null where nothing is decoded.</summary>
    public required int? EndToken { get; init; }

    /// <summary>What the encoder does, and how the decoder begins.</summary>
    public IEnumerable<PassOperation> Encoding =>
        Forward.Where(operation => operation.Axis == 0 || operation.IsBeginning);

    /// <summary>What the decoder does.</summary>
    public IEnumerable<PassOperation> Decoding =>
        Forward.Where(operation => operation.Axis > 0 && !operation.IsBeginning && operation is not LossRows);

    /// <summary>What the decoder makes of tokens alone; null where that is nothing, or nothing is decoded.</summary>
    public TokenReading? TokenReading => DecoderStates.Count == 0 ? null : TokenReading.Of([.. Decoding]);

    public required EquatableArray<TransposePanels> Transposes { get; init; }

    public required EquatableArray<PassOperation> Forward { get; init; }

    public required EquatableArray<PassOperation> Backward { get; init; }

    public required EquatableArray<StepOperation> Step { get; init; }

    /// <summary>Operations of the forward pass for a row, along all axes together.</summary>
    public required long FlopsPerRow { get; init; }

    /// <summary>The same along each axis.</summary>
    public required EquatableArray<long> FlopsPerRowAlong { get; init; }
}

/// <summary>A flat stretch of memory and the names of what lies in it.</summary>
internal sealed record ArenaPlan(int Length, EquatableArray<NamedOffset> Offsets)
{
    /// <summary>Where nothing lies, for instance because the model does not stream.</summary>
    public static ArenaPlan Empty { get; } = new(0, EquatableArray<NamedOffset>.Empty);
}
