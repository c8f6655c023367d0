using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>
/// Looks for likely target sequences, of several sources at the same time. Hypotheses that have ended drop out; all
/// that is allocated is what is returned.
/// </summary>
internal sealed partial class SequenceSearch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ModelShape _shape;
    private readonly DecodingWorkspace<T> _workspace;
    private readonly int _rows;
    private readonly int _end;
    private readonly T[] _probabilities;
    private readonly int[] _ranks;
    private readonly Live[] _live;
    private readonly Live[] _next;
    private readonly Candidate[] _candidates;
    private readonly int[] _sources;
    private readonly int[] _parents;
    private readonly int[] _tokens;
    private readonly List<Ended>[] _ended;

    // Of every step and row the token that was chosen, and the row that it went on from.
    private (int Token, int Parent)[] _path = [];

    // Targets that hypotheses have to follow; null where they are looked for.
    private IReadOnlyList<int[]>? _forced;

    public SequenceSearch(ModelRuntime<T> model)
    {
        ModelShape shape = model.Shape;
        _shape = shape;
        _workspace = new DecodingWorkspace<T>(model);
        _rows = shape.Batch;
        _end = shape.EndToken!.Value;
        int vocabulary = shape.DecoderOutput.Size;
        _probabilities = new T[vocabulary];
        _ranks = new int[vocabulary];
        _live = new Live[_rows];
        _next = new Live[_rows];
        _candidates = new Candidate[_rows];
        _sources = new int[_rows];
        _parents = new int[_rows];
        _tokens = new int[_rows];
        _lengths = new int[_rows];
        _ended = [.. Enumerable.Range(0, _rows).Select(_ => new List<Ended>(_rows))];
    }

    /// <summary>Finds hypotheses about some sources.</summary>
    /// <param name="source">Time-major, <c>[T, B]</c> or <c>[T, B, F]</c>.</param>
    /// <param name="lengths">Steps of each, <c>[B]</c>.</param>
    /// <param name="options">How to search; B times its hypotheses are at most the model's batch.</param>
    /// <param name="mostSteps">Most tokens of a hypothesis.</param>
    /// <param name="found">Receives of each source its hypotheses, the best first.</param>
    /// <param name="forced">Targets to follow, one of each source; null to look for likely ones.</param>
    public void Run<TInput>(
        ReadOnlySpan<TInput> source,
        ReadOnlySpan<int> lengths,
        DecodingOptions options,
        int mostSteps,
        Span<ImmutableArray<Hypothesis>> found,
        IReadOnlyList<int[]>? forced = null)
        where TInput : unmanaged
    {
        _forced = forced;
        BeginAttention(lengths, options, mostSteps);
        int most = checked(mostSteps * _rows);
        _path = _path.Length < most ? new (int, int)[most] : _path;
        BeginDraws(options);
        int live = Begin(lengths.Length, options);
        for (int i = 0; i < live; i++)
        {
            _sources[i] = _live[i].Source;
        }

        _workspace.Encode(source, lengths, _sources.AsSpan(0, live));
        for (int step = 0; live > 0; step++)
        {
            KeepAttention(live, step);
            int next = forced is not null ? Follow(live, step, options)
                : options.Sample ? Draw(live, step, options)
                : Extend(live, step, options);
            bool isLast = step == mostSteps - 1;
            for (int i = 0; i < next; i++)
            {
                ref Live chosen = ref _next[i];
                _path[(step * _rows) + i] = (chosen.Token, chosen.Parent);
                if (isLast)
                {
                    End(chosen, step, options, cutAt: i);
                }

                _live[i] = chosen;
                (_tokens[i], _sources[i], _parents[i]) = (chosen.Token, chosen.Source, chosen.Parent);
            }

            live = isLast ? 0 : next;
            if (live > 0)
            {
                _workspace.Step(_tokens.AsSpan(0, live), _sources.AsSpan(0, live), _parents.AsSpan(0, live));
            }
        }

        for (int i = 0; i < lengths.Length; i++)
        {
            found[i] = Best(i, options);
        }
    }

    // Beams begin as one hypothesis, which has as many children; what is drawn begins as so many.
    private int Begin(int sources, DecodingOptions options)
    {
        int each = options.Sample ? options.Count : 1;
        for (int source = 0; source < sources; source++)
        {
            _ended[source].Clear();
            for (int i = 0; i < each; i++)
            {
                _live[(source * each) + i] = new Live { Source = source, Draw = i, IsGreedy = true };
            }
        }

        return sources * each;
    }

    // The likeliest extensions of all hypotheses about a source go on, as many as there are places left: each that
    // ends gives up its place (Sutskever et al. 2014). The one that greedy search would follow always goes on, so that
    // no beam finds less than it.
    private int Extend(int live, int step, DecodingOptions options)
    {
        int next = 0;
        for (int first = 0; first < live;)
        {
            int source = _live[first].Source;
            int end = first;
            while (end < live && _live[end].Source == source)
            {
                end++;
            }

            int places = options.BeamSize - _ended[source].Count;
            int candidates = Candidates(first, end, places);
            for (int i = 0; i < candidates; i++)
            {
                Candidate candidate = _candidates[i];
                var chosen = new Live
                {
                    Source = source,
                    Token = candidate.Token,
                    Parent = candidate.Row,
                    LogProbability = candidate.LogProbability,
                    IsGreedy = candidate.IsGreedy,
                };
                if (candidate.Token == _end)
                {
                    End(chosen, step, options);
                }
                else
                {
                    _next[next++] = chosen;
                }
            }

            first = end;
        }

        return next;
    }

    private int Candidates(int first, int end, int places)
    {
        int count = 0;
        Candidate greedy = default;
        for (int row = first; row < end; row++)
        {
            ReadOnlySpan<T> logits = _workspace.Logits(row);
            double before = _live[row].LogProbability - LogSum(logits, out int best);
            for (int token = 0; token < logits.Length; token++)
            {
                double logProbability = before + double.CreateTruncating(logits[token]);
                if (count < places || logProbability > _candidates[count - 1].LogProbability)
                {
                    count = Insert(new Candidate(row, token, logProbability, false), count, places);
                }
            }

            if (_live[row].IsGreedy)
            {
                greedy = new Candidate(row, best, before + double.CreateTruncating(logits[best]), true);
            }
        }

        KeepGreedy(greedy, count);
        return count;
    }

    // Among equals the first stays in front.
    private int Insert(Candidate candidate, int count, int places)
    {
        int place = count < places ? count++ : places - 1;
        while (place > 0 && candidate.LogProbability > _candidates[place - 1].LogProbability)
        {
            _candidates[place] = _candidates[place - 1];
            place--;
        }

        _candidates[place] = candidate;
        return count;
    }

    // Once it has ended there is none.
    private void KeepGreedy(Candidate greedy, int count)
    {
        if (!greedy.IsGreedy)
        {
            return;
        }

        int place = count - 1;
        for (int i = 0; i < count; i++)
        {
            if (_candidates[i].Row == greedy.Row && _candidates[i].Token == greedy.Token)
            {
                place = i;
                break;
            }
        }

        _candidates[place] = greedy;
    }

    // The logarithm of the sum of what logits are logarithms of, and where the largest stands.
    private double LogSum(ReadOnlySpan<T> logits, out int best)
    {
        best = SoftmaxKernel.MostLikely(logits);
        SoftmaxKernel.Apply(logits, _probabilities.AsSpan(), T.One);
        return double.CreateTruncating(logits[best]) - Math.Log(double.CreateTruncating(_probabilities[best]));
    }

    // By the end, which is none of its tokens; or cut, after the token in a row of this step.
    private void End(Live hypothesis, int step, DecodingOptions options, int? cutAt = null)
    {
        int length = step + 1;
        double score = hypothesis.LogProbability / Math.Pow((5 + length) / 6.0, options.LengthPenalty);
        var ended = new Ended(
            cutAt ?? hypothesis.Parent, cutAt is null ? length - 1 : length, hypothesis.LogProbability, score,
            IsComplete: cutAt is null);
        _ended[hypothesis.Source].Add(options.CoveragePenalty == 0 ? ended : ended with
        {
            Score = score + (options.CoveragePenalty * Coverage(ended, hypothesis.Source)),
        });
    }

    // Among equals the first that ended stays in front.
    private ImmutableArray<Hypothesis> Best(int source, DecodingOptions options)
    {
        List<Ended> ended = _ended[source];
        var best = new Hypothesis[Math.Min(options.Count, ended.Count)];
        for (int place = 0; place < best.Length; place++)
        {
            int first = place;
            for (int i = place + 1; i < ended.Count; i++)
            {
                first = ended[i].Score.CompareTo(ended[first].Score) > 0 ? i : first;
            }

            Ended found = ended[first];
            ended.RemoveAt(first);
            ended.Insert(place, found);
            best[place] = new Hypothesis(Tokens(found), found.LogProbability, found.Score, found.IsComplete)
            {
                Attention = options.Attention ? Attention(found, source) : [],
            };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(best);
    }

    // From the last token back.
    private ImmutableArray<int> Tokens(Ended ended)
    {
        int[] tokens = ended.Tokens == 0 ? [] : new int[ended.Tokens];
        int row = ended.Row;
        for (int step = tokens.Length - 1; step >= 0; step--)
        {
            (tokens[step], row) = _path[(step * _rows) + row];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(tokens);
    }

    private record struct Live
    {
        public int Source;
        public int Token;
        public int Parent;
        public int Draw;
        public double LogProbability;
        public bool IsGreedy;
    }

    private readonly record struct Candidate(int Row, int Token, double LogProbability, bool IsGreedy);

    // The row of its last token, and how many there are.
    private readonly record struct Ended(int Row, int Tokens, double LogProbability, double Score, bool IsComplete);
}
