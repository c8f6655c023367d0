using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace RnnGen.Training;

// What hypotheses attended to.
internal sealed partial class SequenceSearch<T>
{
    private readonly int[] _lengths;

    // Of a hypothesis the row of each step.
    private int[] _rowsOf = [];

    // Of every step, row and attention layer a weight for each step of the longest source; empty where nobody asks.
    private double[] _attended = [];
    private bool _keepsAttention;

    private int _longest;

    private void BeginAttention(ReadOnlySpan<int> lengths, DecodingOptions options, int mostSteps)
    {
        _keepsAttention = options.Attention || options.CoveragePenalty > 0;
        if (!_keepsAttention)
        {
            return;
        }

        lengths.CopyTo(_lengths);
        _longest = 0;
        foreach (int length in lengths)
        {
            _longest = Math.Max(_longest, length);
        }

        _rowsOf = _rowsOf.Length < mostSteps ? new int[mostSteps] : _rowsOf;
        int most = checked(mostSteps * _rows * _shape.Attentions.Length * _longest);
        _attended = _attended.Length < most ? new double[most] : _attended;
    }

    private Span<double> Attended(int step, int row, int attention) => _attended.AsSpan(
        ((((step * _rows) + row) * _shape.Attentions.Length) + attention) * _longest, _longest);

    private void KeepAttention(int live, int step)
    {
        for (int row = 0; _keepsAttention && row < live; row++)
        {
            for (int attention = 0; attention < _shape.Attentions.Length; attention++)
            {
                Span<double> kept = Attended(step, row, attention);
                ReadOnlySpan<T> weights =
                    _workspace.AttentionWeights(attention, row, _lengths[_live[row].Source]);
                for (int i = 0; i < weights.Length; i++)
                {
                    kept[i] = double.CreateTruncating(weights[i]);
                }
            }
        }
    }

    // Equation 14 of Wu et al. 2016. A row that nobody has looked at at all would end all comparing.
    private double Coverage(Ended ended, int source)
    {
        int steps = _lengths[source];
        int rows = FindRows(ended);
        double coverage = 0;
        for (int i = 0; i < steps; i++)
        {
            double sum = 0;
            for (int step = 0; step < rows; step++)
            {
                sum += Attended(step, _rowsOf[step], 0)[i];
            }

            coverage += Math.Log(Math.Clamp(sum, 1e-300, 1));
        }

        return coverage;
    }

    private ImmutableArray<AttentionMatrix> Attention(Ended ended, int source)
    {
        int steps = _lengths[source];
        int rows = FindRows(ended);
        var matrices = new AttentionMatrix[_shape.Attentions.Length];
        for (int attention = 0; attention < matrices.Length; attention++)
        {
            double[] weights = new double[rows * steps];
            for (int step = 0; step < rows; step++)
            {
                Attended(step, _rowsOf[step], attention)[..steps].CopyTo(weights.AsSpan(step * steps));
            }

            matrices[attention] = new AttentionMatrix(
                _shape.Attentions[attention].Name, steps, ImmutableCollectionsMarshal.AsImmutableArray(weights));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(matrices);
    }

    // At each step the row that gave a hypothesis' token, and its end where it is there.
    private int FindRows(Ended ended)
    {
        int row = ended.Row;
        if (ended.IsComplete)
        {
            _rowsOf[ended.Tokens] = row;
        }

        for (int step = ended.Tokens - 1; step >= 0; step--)
        {
            row = _path[(step * _rows) + row].Parent;
            _rowsOf[step] = row;
        }

        return ended.Tokens + (ended.IsComplete ? 1 : 0);
    }
}
