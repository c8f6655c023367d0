namespace RnnGen.Tests.Metrics;

/// <summary>Texts as tokens: each word a number of its own.</summary>
internal sealed class Words
{
    private readonly Dictionary<string, int> _tokens = [];

    public int[] Of(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word =>
        {
            _tokens.TryAdd(word, _tokens.Count);
            return _tokens[word];
        }),
    ];
}
