using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Weights;

namespace RnnGen.Training;

/// <summary>The weights that a call of Fit may end with: its best and its latest good ones.</summary>
internal sealed class WeightKeeper<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ParameterArena<T> _parameters;
    private readonly EpochJudge _judge;
    private readonly KeptWeights<T>? _best;

    // The latest copy is good only once a loss computed with it is finite; until then the one before it is.
    private KeptWeights<T> _good;
    private KeptWeights<T> _candidate;
    private bool _isCandidatePending;

    public WeightKeeper(ParameterArena<T> parameters, EpochJudge judge, bool keepsBest)
    {
        _parameters = parameters;
        _judge = judge;
        _best = keepsBest ? new KeptWeights<T>(parameters) : null;
        _good = new KeptWeights<T>(parameters);
        _candidate = new KeptWeights<T>(parameters);
        _good.Take("those from before the training");
    }

    /// <summary>No weight of the model is infinite or NaN.</summary>
    public bool AreFinite => FiniteNumbers.All<T>(_parameters.Arena.Span);

    /// <summary>Copies the weights, to be kept once a loss confirms them.</summary>
    public void Keep(string origin)
    {
        if (!AreFinite)
        {
            return;
        }

        _candidate.Take(origin);
        _isCandidatePending = true;
    }

    /// <summary>Says that a loss computed with the weights is finite.</summary>
    public void Confirm()
    {
        if (_isCandidatePending)
        {
            (_good, _candidate) = (_candidate, _good);
            _isCandidatePending = false;
        }
    }

    /// <summary>Keeps the weights if they are the best so far.</summary>
    public void Judge(EpochReport report)
    {
        if (_judge.IsBetter(report) && AreFinite)
        {
            _judge.Choose(report);
            _best?.Take($"those of epoch {report.Epoch}, the best by {_judge.Measure}");
        }
    }

    /// <summary>Gives the model the best weights, if they are kept and there are any.</summary>
    /// <returns>Which they are, or null.</returns>
    public string? RestoreBest() => _judge.BestEpoch is null ? null : Restore(_best);

    /// <summary>Gives the model the latest weights that gave a finite loss.</summary>
    /// <returns>Which they are.</returns>
    public string RestoreGood() => Restore(_good)!;

    private static string? Restore(KeptWeights<T>? weights)
    {
        weights?.Restore();
        return weights?.Origin;
    }
}
