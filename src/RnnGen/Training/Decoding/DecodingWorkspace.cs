using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>
/// The memory of an encoder–decoder that gives token after token: what the encoder has made of some sources, and
/// hypotheses about any of them side by side, each in a row of a batch of one step.
/// </summary>
internal sealed unsafe class DecodingWorkspace<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ModelRuntime<T> _model;
    private readonly PackedBatch<T> _batch;
    private readonly Arena<T> _activations;
    private readonly OutputShape _head;
    private readonly int _feed;
    private readonly int[] _places;
    private readonly int[] _partners;
    private readonly int[] _tokens;
    private readonly TokenCache<T>? _cache;

    /// <param name="model">The model.</param>
    /// <param name="keepsTokens">Whether the weights stay as they are for more than a few steps.</param>
    public DecodingWorkspace(ModelRuntime<T> model, bool keepsTokens = true)
    {
        _model = model;
        _batch = new PackedBatch<T>(model.Shape);
        _activations = new Arena<T>(model.Shape.InferenceWorkspaceLength);
        _head = model.Shape.DecoderOutput;
        _feed = Array.FindIndex([.. model.Shape.Feeds], feed => feed.Start is not null);
        _cache = keepsTokens ? TokenCache<T>.Of(model, model.Shape.Feeds[_feed]) : null;
        _places = new int[model.Shape.Batch];
        _partners = new int[model.Shape.Batch];
        _tokens = new int[model.Shape.Batch];
    }

    /// <summary>Reads sources, lets hypotheses about them begin, and moves those on by the start.</summary>
    /// <param name="source">Tokens <c>[T, B]</c> or features <c>[T, B, F]</c>, time-major.</param>
    /// <param name="lengths">Steps of each source, <c>[B]</c>.</param>
    /// <param name="hypotheses">Of each hypothesis which source it is about.</param>
    public void Encode<TInput>(
        ReadOnlySpan<TInput> source, ReadOnlySpan<int> lengths, ReadOnlySpan<int> hypotheses)
        where TInput : unmanaged
    {
        _batch.Clear();
        _batch.Arrange(0, source.Length, lengths, nameof(source));
        _batch.Write(0, source, nameof(source), areFinite: false);
        ReadOnlySpan<int> order = _batch.Order;
        for (int i = 0; i < order.Length; i++)
        {
            _places[order[i]] = i;
        }

        SetPartners(hypotheses);
        Begin(hypotheses.Length);
    }

    /// <summary>Which feed the decoder reads.</summary>
    public int Feed => _feed;

    /// <summary>Reads the sources of a packed batch, and begins a target for each in the batch's own order.</summary>
    public void Encode(PackedBatch<T> batch)
    {
        _batch.CopyFrom(batch, inputsOnly: true);
        BatchLayout layout = _batch.Layout(_model.Shape.Feeds[_feed].Axis);
        layout.Pair(_batch.Layout(0));
        new ReadOnlySpan<int>(layout.PartnersPointer, layout.Batch).CopyTo(_partners);
        Begin(layout.Batch);
    }

    /// <summary>Moves the first of these targets on by a token each.</summary>
    public void Step(ReadOnlySpan<int> tokens)
    {
        foreach (StateBuffer state in _model.Shape.DecoderStates)
        {
            T* initial = _activations.Pointer + state.Offset;
            int count = tokens.Length * state.Stride;
            new ReadOnlySpan<T>(initial + ((nint)_model.Shape.Batch * state.Stride), count).CopyTo(
                new Span<T>(initial, count));
        }

        Decode(tokens);
    }

    /// <summary>Moves hypotheses on by a token.</summary>
    /// <param name="tokens">Their last tokens.</param>
    /// <param name="hypotheses">Of each which source it is about.</param>
    /// <param name="parents">Of each which row of the step before it goes on from.</param>
    public void Step(ReadOnlySpan<int> tokens, ReadOnlySpan<int> hypotheses, ReadOnlySpan<int> parents)
    {
        foreach (StateBuffer state in _model.Shape.DecoderStates)
        {
            T* initial = _activations.Pointer + state.Offset;
            T* rows = initial + ((nint)_model.Shape.Batch * state.Stride);
            for (int i = 0; i < parents.Length; i++)
            {
                new ReadOnlySpan<T>(rows + ((nint)parents[i] * state.Stride), state.Stride).CopyTo(
                    new Span<T>(initial + ((nint)i * state.Stride), state.Stride));
            }
        }

        SetPartners(hypotheses);
        Decode(tokens);
    }

    /// <summary>What the decoder gives for a hypothesis' next token.</summary>
    public ReadOnlySpan<T> Logits(int row)
    {
        // Spans over the array, and not over the pointer: they keep it alive.
        return _activations.Span.Slice(_head.Offset + (row * _head.Stride), _head.Size);
    }

    /// <summary>What a hypothesis attended to for its next token: a weight for each step of its source.</summary>
    /// <param name="attention">Which of the model's attention layers.</param>
    /// <param name="row">Which hypothesis.</param>
    /// <param name="steps">Steps of its source.</param>
    public ReadOnlySpan<T> AttentionWeights(int attention, int row, int steps)
    {
        AttentionShape shape = _model.Shape.Attentions[attention];
        return _activations.Span.Slice(shape.Offset + (row * shape.Stride), steps);
    }

    private void SetPartners(ReadOnlySpan<int> hypotheses)
    {
        for (int i = 0; i < hypotheses.Length; i++)
        {
            _partners[i] = _places[hypotheses[i]];
        }
    }

    // Encodes what the batch holds, and reads the start.
    private void Begin(int hypotheses)
    {
        Span<int> tokens = _tokens.AsSpan(0, hypotheses);
        tokens.Fill(_model.Shape.Feeds[_feed].Start!.Value);
        Pass<T> pass = Describe(tokens);
        RecurrentStates<T>.Begin(_model.Shape, _batch.Batch, pass.Parameters, _activations.Pointer);
        _model.Kernels.Encode(in pass, WorkerTeam.Single, 0);
        Decode(tokens, in pass);
    }

    private void Decode(ReadOnlySpan<int> tokens)
    {
        Pass<T> pass = Describe(tokens);
        Decode(tokens, in pass);
    }

    private void Decode(ReadOnlySpan<int> tokens, in Pass<T> pass)
    {
        if (_cache is null || !_cache.TryRead(tokens, pass.Workspace))
        {
            _model.Kernels.ReadTokens(in pass, WorkerTeam.Single, 0);
            _cache?.Keep(tokens, pass.Workspace);
        }

        _model.Kernels.Decode(in pass, WorkerTeam.Single, 0);
        GC.KeepAlive(this);
    }

    private Pass<T> Describe(ReadOnlySpan<int> tokens)
    {
        _batch.Layout(_model.Shape.Feeds[_feed].Axis).ArrangeStep(_partners.AsSpan(0, tokens.Length));
        _batch.Write(_feed, tokens, nameof(tokens), areFinite: false);
        var pass = new Pass<T> { Parameters = _model.Parameters.Pointer, Workspace = _activations.Pointer };
        _batch.Describe(ref pass, hasTargets: false);
        return pass;
    }
}
