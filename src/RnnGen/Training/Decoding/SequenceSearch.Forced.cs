namespace RnnGen.Training;

// Along given targets.
internal sealed partial class SequenceSearch<T>
{
    private int Follow(int live, int step, DecodingOptions options)
    {
        int next = 0;
        for (int row = 0; row < live; row++)
        {
            int[] target = _forced![_live[row].Source];
            int token = step < target.Length ? target[step] : _end;
            ReadOnlySpan<T> logits = _workspace.Logits(row);
            Live chosen = _live[row] with
            {
                Token = token,
                Parent = row,
                LogProbability = _live[row].LogProbability - LogSum(logits, out _)
                    + double.CreateTruncating(logits[token]),
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
}
