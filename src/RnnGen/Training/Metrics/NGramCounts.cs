using System.Runtime.InteropServices;

namespace RnnGen.Training;

/// <summary>How often each n-gram of 1 to 4 tokens occurs.</summary>
internal sealed class NGramCounts
{
    /// <summary>Tokens of the longest n-gram.</summary>
    public const int Orders = 4;

    private readonly Dictionary<NGram, int> _counts = [];

    /// <summary>Forgets all.</summary>
    public void Clear() => _counts.Clear();

    /// <summary>Counts the n-grams of a sequence.</summary>
    public void Add(ReadOnlySpan<int> tokens)
    {
        for (int first = 0; first < tokens.Length; first++)
        {
            var ngram = new NGram(0, 0, 0, 0, 0);
            for (int order = 1; order <= Math.Min(Orders, tokens.Length - first); order++)
            {
                ngram = ngram.Longer(tokens[first + order - 1]);
                CollectionsMarshal.GetValueRefOrAddDefault(_counts, ngram, out _)++;
            }
        }
    }

    /// <summary>Lets each n-gram occur as often as in other counts where that is more often.</summary>
    public void Raise(NGramCounts other)
    {
        foreach ((NGram ngram, int count) in other._counts)
        {
            ref int most = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, ngram, out _);
            most = Math.Max(most, count);
        }
    }

    /// <summary>Adds, order by order, how many n-grams occur in other counts as well.</summary>
    public void AddMatches(NGramCounts other, Span<long> matches)
    {
        foreach ((NGram ngram, int count) in _counts)
        {
            matches[ngram.Order - 1] += Math.Min(count, other._counts.GetValueOrDefault(ngram));
        }
    }

    // Tokens may be any numbers, so the order is part of it.
    private readonly record struct NGram(int Order, int First, int Second, int Third, int Fourth)
    {
        public NGram Longer(int token) => Order switch
        {
            0 => new(1, token, 0, 0, 0),
            1 => this with { Order = 2, Second = token },
            2 => this with { Order = 3, Third = token },
            _ => this with { Order = 4, Fourth = token },
        };
    }
}
