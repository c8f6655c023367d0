namespace RnnGen;

/// <summary>What a hypothesis is compared with: one sequence of tokens that is right, or several.</summary>
public readonly ref struct TokenReferences
{
    private readonly ReadOnlySpan<int> _only;
    private readonly ReadOnlySpan<int[]> _several;

    /// <summary>One reference.</summary>
    /// <param name="reference">Its tokens, any number of them.</param>
    public TokenReferences(ReadOnlySpan<int> reference)
    {
        _only = reference;
    }

    /// <summary>Several references.</summary>
    /// <param name="references">1 or more.</param>
    /// <exception cref="ArgumentException">There is none, or one is null.</exception>
    public TokenReferences(ReadOnlySpan<int[]> references)
    {
        if (references.IsEmpty)
        {
            throw new ArgumentException("There must be 1 reference or more.", nameof(references));
        }

        for (int i = 0; i < references.Length; i++)
        {
            if (references[i] is null)
            {
                throw new ArgumentException($"The reference {i} is null.", nameof(references));
            }
        }

        _several = references;
    }

    /// <summary>How many there are: 1 or more.</summary>
    public int Count => _several.IsEmpty ? 1 : _several.Length;

    /// <summary>The tokens of one of them.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such reference.</exception>
    public ReadOnlySpan<int> this[int index] => (uint)index < (uint)Count
        ? (_several.IsEmpty ? _only : _several[index])
        : throw new ArgumentOutOfRangeException(
            nameof(index), index, $"The reference is {index}; it must be from 0 to {Count - 1}.");
}
