using System.Collections.Immutable;

namespace RnnGen.Training;

// What hypotheses attended to.
internal sealed partial class SequenceSearch<T>
{
    private int[] _lengths = [];

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

        _lengths = lengths.ToArray();
        _longest = _lengths.Max();
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
        double[] sums = new double[_lengths[source]];
        foreach ((int step, int row) in RowsOf(ended))
        {
            Span<double> weights = Attended(step, row, 0);
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += weights[i];
            }
        }

        return sums.Sum(sum => Math.Log(Math.Clamp(sum, 1e-300, 1)));
    }

    private ImmutableArray<AttentionMatrix> Attention(Ended ended, int source)
    {
        int steps = _lengths[source];
        (int Step, int Row)[] rows = [.. RowsOf(ended)];
        return
        [
            .. _shape.Attentions.Select((shape, attention) =>
            {
                double[] weights = new double[rows.Length * steps];
                for (int i = 0; i < rows.Length; i++)
                {
                    Attended(rows[i].Step, rows[i].Row, attention)[..steps].CopyTo(weights.AsSpan(i * steps));
                }

                return new AttentionMatrix(shape.Name, steps, [.. weights]);
            }),
        ];
    }

    // The rows that gave its tokens, from the first on, and its end.
    private List<(int Step, int Row)> RowsOf(Ended ended)
    {
        var rows = new List<(int, int)>();
        int row = ended.Row;
        if (ended.IsComplete)
        {
            rows.Add((ended.Tokens, row));
        }

        for (int step = ended.Tokens - 1; step >= 0; step--)
        {
            row = _path[(step * _rows) + row].Parent;
            rows.Add((step, row));
        }

        rows.Reverse();
        return rows;
    }
}
