namespace RnnGen;

/// <summary>How the rows of a batch follow one another in memory.</summary>
public enum SequenceOrder
{
    /// <summary>Step after step, and in each the sequences side by side: <c>[T, B, F]</c>. The usual one.</summary>
    TimeMajor,

    /// <summary>Sequence after sequence, and in each its steps: <c>[B, T, F]</c>; PyTorch's <c>batch_first</c>.
    /// </summary>
    BatchMajor,
}
