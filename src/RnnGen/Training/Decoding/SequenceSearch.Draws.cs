using RnnGen.Kernels;

namespace RnnGen.Training;

// By chance: each hypothesis goes on with a token of its own, drawn among those that are likely enough.
internal sealed partial class SequenceSearch<T>
{
    private CounterRandom[] _draws = [];
    private ulong _seedOfDraws;

    // Each hypothesis about a source has numbers of its own, the same about every source.
    private void BeginDraws(DecodingOptions options)
    {
        if (!options.Sample || (_draws.Length >= options.Count && _seedOfDraws == options.Seed))
        {
            return;
        }

        _seedOfDraws = options.Seed;
        _draws = new CounterRandom[options.Count];
        for (int i = 0; i < _draws.Length; i++)
        {
            _draws[i] = new CounterRandom(options.Seed, (ulong)i);
        }
    }

    private int Draw(int live, int step, DecodingOptions options)
    {
        int next = 0;
        for (int row = 0; row < live; row++)
        {
            ReadOnlySpan<T> logits = _workspace.Logits(row);
            double before = _live[row].LogProbability - LogSum(logits, out _);
            CounterRandom random = _draws[_live[row].Draw];
            random.Position = 2 * (ulong)step;
            int token = Draw(logits, random.NextDouble(), options);
            Live chosen = _live[row] with
            {
                Token = token,
                Parent = row,
                LogProbability = before + double.CreateTruncating(logits[token]),
            };
            if (token == _end)
            {
                End(chosen, step, options);
            }
            else
            {
                _next[next++] = chosen;
            }
        }

        return next;
    }

    private int Draw(ReadOnlySpan<T> logits, double point, DecodingOptions options)
    {
        SoftmaxKernel.Apply(logits, _probabilities.AsSpan(), T.CreateTruncating(options.Temperature));
        for (int i = 0; i < _ranks.Length; i++)
        {
            _ranks[i] = i;
        }

        // Ascending; equal ones in no order of their own, but always in the same.
        MemoryExtensions.Sort(_probabilities.AsSpan(), _ranks.AsSpan());
        int kept = options.TopK > 0 ? Math.Min(options.TopK, _ranks.Length) : _ranks.Length;
        double sum = 0;
        int last = _ranks.Length;
        while (last > _ranks.Length - kept && (sum < options.TopP || sum == 0))
        {
            sum += double.CreateTruncating(_probabilities[--last]);
        }

        double left = point * sum;
        int drawn = _ranks.Length - 1;
        while (drawn > last && (left -= double.CreateTruncating(_probabilities[drawn])) >= 0)
        {
            drawn--;
        }

        return _ranks[drawn];
    }
}
