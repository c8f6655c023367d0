using System.Numerics;
using RnnGen.Weights;

namespace RnnGen.Training;

/// <summary>A copy of a model's weights, and what it is a copy of.</summary>
internal sealed class KeptWeights<T>(ParameterArena<T> parameters)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _copy = new T[parameters.Length];

    /// <summary>Which weights these are, in words for a report.</summary>
    public string Origin { get; private set; } = "";

    /// <summary>Keeps the weights as they are now.</summary>
    public void Take(string origin)
    {
        parameters.Arena.Span.CopyTo(_copy);
        Origin = origin;
    }

    /// <summary>Gives the model the kept weights back.</summary>
    public void Restore()
    {
        _copy.CopyTo(parameters.Arena.Span);
        parameters.Touch();
    }
}
