using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Peers.RtNeural;

/// <summary>
/// A network of RTNeural. The loop over the steps is in C++, too: no call from .NET is timed with them.
/// </summary>
/// <param name="library">Its code.</param>
/// <param name="model">The network, which this one closes.</param>
/// <param name="features">What the steps read, in turn.</param>
internal sealed class RtNeuralContender(RtNeuralLibrary library, nint model, float[] features) : IContender
{
    private int _at;

    public float[] FirstResults()
    {
        var results = new float[CheckedCalls.Steps];
        library.Run(model, features, features.Length, ref _at, results.Length, results);
        return results;
    }

    public void Run(int calls) => library.Run(model, features, features.Length, ref _at, calls, null);

    public void Dispose() => library.Close(model);
}
