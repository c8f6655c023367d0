namespace RnnGen.Training;

/// <summary>
/// How many sequences a batch has and how long they are: lengths of their own, or all as long as there are inputs for.
/// </summary>
internal readonly ref struct SequenceLengths
{
    private SequenceLengths(int count, bool areEqual, ReadOnlySpan<int> each)
    {
        Count = count;
        AreEqual = areEqual;
        Each = each;
    }

    /// <summary>Sequences.</summary>
    public int Count { get; }

    /// <summary>True when only the number of sequences was given.</summary>
    public bool AreEqual { get; }

    /// <summary>Steps of each sequence; empty when all are equal.</summary>
    public ReadOnlySpan<int> Each { get; }

    /// <summary>Sequences of equal length.</summary>
    public static SequenceLengths Equal(int sequences) => new(sequences, areEqual: true, default);

    public static implicit operator SequenceLengths(ReadOnlySpan<int> lengths) =>
        new(lengths.Length, areEqual: false, lengths);

    public static implicit operator SequenceLengths(Span<int> lengths) => (ReadOnlySpan<int>)lengths;
}
