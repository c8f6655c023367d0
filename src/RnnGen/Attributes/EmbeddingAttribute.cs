namespace RnnGen;

/// <summary>
/// The model reads tokens: inputs are <c>[T, B]</c> integers in <c>[0, vocabulary)</c>, time-major, and each is
/// replaced by its row of a learned <c>[vocabulary, size]</c> table. The first layer of a model is this or
/// <see cref="InputAttribute"/>.
/// </summary>
/// <param name="vocabulary">Number of different tokens: 1 or more.</param>
/// <param name="size">Numbers in a token's row: 1 or more.</param>
public sealed class EmbeddingAttribute(int vocabulary, int size) : LayerAttribute
{
    /// <summary>Number of different tokens: 1 or more.</summary>
    public int Vocabulary { get; } = vocabulary;

    /// <summary>Numbers in a token's row: 1 or more.</summary>
    public int Size { get; } = size;
}
