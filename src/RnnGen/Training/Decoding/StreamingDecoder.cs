using System.Numerics;
using RnnGen.Training;

namespace RnnGen;

/// <summary>
/// A decoder that is stepped token by token, by whoever chooses them: the source is encoded once and its rows are held.
/// A step allocates nothing but room for tokens that it reads for the first time. It sees weights that are set or
/// trained between two sources, and is for one thread at a time.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class StreamingDecoder<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int[] First = [0];

    private readonly ModelRuntime<T> _model;
    private readonly DecodingWorkspace<T> _workspace;
    private readonly int[] _length = new int[1];
    private readonly int[] _token = new int[1];

    internal StreamingDecoder(ModelRuntime<T> model)
    {
        _model = model;
        _workspace = new DecodingWorkspace<T>(model);
    }

    /// <summary>Tokens that the decoder has read since its source, the start included; 0 before the first source.
    /// </summary>
    public int Steps { get; private set; }

    /// <summary>What the decoder gives for the next token, <c>[V]</c>: valid until the next step or source.</summary>
    /// <exception cref="InvalidOperationException">There is no source yet.</exception>
    public ReadOnlySpan<T> Logits => Steps > 0 ? _workspace.Logits(0) : throw NoSource();

    /// <summary>Encodes a source of tokens and reads the start.</summary>
    /// <param name="source">Tokens <c>[T]</c>, T from 1 to the model's source steps.</param>
    /// <returns>What the decoder gives for the first token, <c>[V]</c>: <see cref="Logits"/>.</returns>
    /// <exception cref="ArgumentException">A number of values does not fit, or the model reads numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is outside its range.</exception>
    public ReadOnlySpan<T> Begin(ReadOnlySpan<int> source) => BeginWith(source);

    /// <summary>Encodes a source of numbers and reads the start.</summary>
    /// <param name="source">Features <c>[T, F]</c>, T from 1 to the model's source steps.</param>
    /// <returns>What the decoder gives for the first token, <c>[V]</c>: <see cref="Logits"/>.</returns>
    /// <exception cref="ArgumentException">A number of values does not fit, or the model reads tokens.</exception>
    public ReadOnlySpan<T> Begin(ReadOnlySpan<T> source) => BeginWith(source);

    /// <summary>Goes on by a token, whoever has chosen it.</summary>
    /// <param name="token">From 0 to the decoder's vocabulary, less 1.</param>
    /// <returns>What the decoder gives for the token after it, <c>[V]</c>: <see cref="Logits"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The token is outside its range; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">There is no source yet.</exception>
    public ReadOnlySpan<T> Step(int token)
    {
        if (Steps == 0)
        {
            throw NoSource();
        }

        int vocabulary = _workspace.Logits(0).Length;
        if ((uint)token >= (uint)vocabulary)
        {
            throw new ArgumentOutOfRangeException(
                nameof(token), token, $"The token is {token}; it must be from 0 to {vocabulary - 1}.");
        }

        _token[0] = token;
        _workspace.Step(_token, First, First);
        Steps++;
        return _workspace.Logits(0);
    }

    /// <summary>
    /// What the decoder attended to for the next token, a weight for each step of the source: valid until the next step
    /// or source.
    /// </summary>
    /// <param name="attention">Which of the model's attention layers, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model has no such layer.</exception>
    /// <exception cref="InvalidOperationException">There is no source yet.</exception>
    public ReadOnlySpan<T> AttentionWeights(int attention = 0)
    {
        if (Steps == 0)
        {
            throw NoSource();
        }

        return (uint)attention < (uint)_model.Shape.Attentions.Length
            ? _workspace.AttentionWeights(attention, 0, _length[0])
            : throw new ArgumentOutOfRangeException(
                nameof(attention), attention,
                $"There is no attention layer {attention}; the model has {_model.Shape.Attentions.Length}.");
    }

    private ReadOnlySpan<T> BeginWith<TInput>(ReadOnlySpan<TInput> source)
        where TInput : unmanaged
    {
        int steps = _model.StepsOf<TInput>(source.Length);
        Steps = 0;
        _length[0] = steps;
        _workspace.Encode(source, _length, First);
        Steps = 1;
        return _workspace.Logits(0);
    }

    private static InvalidOperationException NoSource() => new("There is no source yet: Begin reads one.");
}
