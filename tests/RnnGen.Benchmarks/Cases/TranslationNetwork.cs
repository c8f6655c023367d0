namespace RnnGen.Benchmarks.Cases;

/// <summary>
/// An encoder, an embedding and a recurrent layer, whose last state starts a decoder of the same with a dense layer
/// above. All layers are of one size.
/// </summary>
/// <param name="Cell">The recurrent cell.</param>
/// <param name="Size">Numbers that stand for a token, and units of every layer.</param>
/// <param name="Tokens">Tokens of a target.</param>
/// <param name="SourceSteps">Steps of a source.</param>
internal sealed record TranslationNetwork(Cell Cell, int Size, int Tokens, int SourceSteps)
    : Network(Cell, Size, Size, Tokens)
{
    /// <summary>Tokens of a source.</summary>
    public int SourceTokens { get; init; } = Tokens;

    /// <summary>What targets start from.</summary>
    public int Start { get; init; } = Tokens - 2;

    /// <summary>What targets end in.</summary>
    public int End { get; init; } = Tokens - 1;

    /// <summary>Whether the decoder reads, beside a token, what additive attention of its size finds (Bahdanau et al.
    /// 2015).</summary>
    public bool Attends { get; init; }

    /// <inheritdoc/>
    /// <remarks>A row is a step of a source and one of its target.</remarks>
    public override long TrainingFlopsPerRow
    {
        get
        {
            long square = (long)Size * Size;
            long recurrent = 2 * Gates * 2 * square;
            long attention = Attends ? (Gates + 2) * square + (2L * Size * SourceSteps) : 0;
            return 2 * 3 * (recurrent + attention + ((long)Outputs * Size));
        }
    }
}
