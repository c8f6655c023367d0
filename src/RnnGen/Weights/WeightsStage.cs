using System.Numerics;

namespace RnnGen.Weights;

/// <summary>
/// Where weights are put until all of them are there: beside those that a model has, or in their place if it has none
/// yet. What is not committed leaves no trace.
/// </summary>
internal sealed class WeightsStage<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ParameterArena<T> _parameters;

    // Null: in place.
    private readonly T[]? _beside;
    private bool _isCommitted;

    public WeightsStage(ParameterArena<T> parameters, bool isInPlace)
    {
        _parameters = parameters;
        _beside = isInPlace ? null : new T[parameters.Length];
        Pairs = new PartPairs<T>(parameters.Tensors);
    }

    /// <summary>As many numbers as the arena has, zeros at first.</summary>
    public Span<T> Numbers => _beside ?? _parameters.Arena.Span;

    /// <summary>What the sums among the numbers are made of.</summary>
    public PartPairs<T> Pairs { get; }

    /// <summary>Makes them the model's.</summary>
    public void Commit()
    {
        _beside?.CopyTo(_parameters.Arena.Span);
        _parameters.Take(Pairs);
        _isCommitted = true;
    }

    public void Dispose()
    {
        if (_beside is null && !_isCommitted)
        {
            _parameters.Arena.Span.Clear();
        }
    }
}
