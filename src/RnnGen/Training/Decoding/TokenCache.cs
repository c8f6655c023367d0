using System.Numerics;

namespace RnnGen.Training;

/// <summary>
/// What a decoder has made of tokens alone, kept from step to step and from source to source: the products of an
/// embedding's row with a cell's weights need not be made again for a token that came before, which for a single
/// sequence is half of what a step reads. Kept rows are the bits that would be made anew.
/// </summary>
internal sealed unsafe class TokenCache<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Of a large vocabulary the tokens that come first are kept, up to this: 16 MB of float, 32 MB of double.
    private const int MostNumbers = 1 << 22;

    private const int FirstTokens = 64;

    private readonly ModelRuntime<T> _model;
    private readonly int _width;

    // Of each token the place among those that are kept; -1 for none.
    private readonly int[] _places;
    private readonly int _most;

    // Grows with the tokens that come.
    private T[] _kept = [];
    private int _count;
    private int _version;

    private TokenCache(ModelRuntime<T> model, int vocabulary)
    {
        _model = model;
        _width = model.Shape.TokenRuns.Sum(run => run.Length);
        _most = Math.Min(vocabulary, MostNumbers / _width);
        _places = new int[vocabulary];
        Clear();
    }

    /// <summary>A cache for a model's decoder; null where there is nothing to keep.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokens">What its decoder reads.</param>
    public static TokenCache<T>? Of(ModelRuntime<T> model, FeedShape tokens) =>
        model.Shape.TokenRuns.IsEmpty ? null : new TokenCache<T>(model, tokens.Indices);

    /// <summary>Writes what has been made of tokens into the rows of a workspace, if all of them are kept.</summary>
    public bool TryRead(ReadOnlySpan<int> tokens, T* workspace)
    {
        if (_version != _model.Parameters.Version)
        {
            Clear();
            return false;
        }

        foreach (int token in tokens)
        {
            if (_places[token] < 0)
            {
                return false;
            }
        }

        for (int row = 0; row < tokens.Length; row++)
        {
            ReadOnlySpan<T> kept = _kept.AsSpan(_places[tokens[row]] * _width, _width);
            foreach (TokenRun run in _model.Shape.TokenRuns)
            {
                kept[..run.Length].CopyTo(In(workspace, run, row));
                kept = kept[run.Length..];
            }
        }

        return true;
    }

    /// <summary>Keeps what a workspace's rows hold of tokens.</summary>
    public void Keep(ReadOnlySpan<int> tokens, T* workspace)
    {
        for (int row = 0; row < tokens.Length && _count < _most; row++)
        {
            if (_places[tokens[row]] >= 0)
            {
                continue;
            }

            _places[tokens[row]] = _count;
            if (_kept.Length < (_count + 1) * _width)
            {
                Array.Resize(ref _kept, Math.Min(_most, Math.Max(FirstTokens, 2 * _count)) * _width);
            }

            Span<T> kept = _kept.AsSpan(_count++ * _width, _width);
            foreach (TokenRun run in _model.Shape.TokenRuns)
            {
                In(workspace, run, row).CopyTo(kept);
                kept = kept[run.Length..];
            }
        }
    }

    private static Span<T> In(T* workspace, TokenRun run, int row) =>
        new(workspace + run.Offset + ((nint)row * run.Stride), run.Length);

    private void Clear()
    {
        _version = _model.Parameters.Version;
        _count = 0;
        Array.Fill(_places, -1);
    }
}
