namespace RnnGen.Benchmarks.Cases;

/// <summary>One side of a comparison, ready to run.</summary>
internal interface IContender : IDisposable
{
    /// <summary>
    /// The first results from the start: outputs of the first steps or of the sequence, or the first losses of a
    /// training. Called once, before <see cref="Run"/>.
    /// </summary>
    float[] FirstResults();

    /// <summary>Does again and again what is timed.</summary>
    void Run(int calls);
}
