namespace RnnGen;

/// <summary>What a metric adds up over the sequences of one measurement.</summary>
public abstract class TokenAccumulator
{
    /// <summary>Takes in a sequence. It is called once for each, so it should not allocate.</summary>
    /// <param name="hypothesis">The model's tokens; they change after the call.</param>
    /// <param name="references">What is right.</param>
    public abstract void Add(ReadOnlySpan<int> hypothesis, TokenReferences references);

    /// <summary>The metric of all sequences so far; NaN where there were none.</summary>
    public abstract double Value { get; }
}
