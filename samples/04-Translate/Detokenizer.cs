using System.Text;

namespace TranslateSample;

/// <summary>
/// Writes French words as a sentence: capitals where sentences begin, and the spaces of French typography, narrow ones
/// (U+202F) before <c>! ? ;</c>, wide ones (U+00A0) before <c>:</c> and within <c>« »</c>, where no line breaks.
/// </summary>
internal static class Detokenizer
{
    private const string NarrowSpace = "\u202F";
    private const string WideSpace = "\u00A0";

    /// <summary>The sentence of words as <see cref="Tokenizer.French"/> splits them.</summary>
    public static string Join(IEnumerable<string> words)
    {
        var text = new StringBuilder();
        string? previous = null;
        bool isQuoted = false;
        bool beginsSentence = true;
        foreach (string word in words)
        {
            bool closes = word == "\"" && isQuoted;
            string space = previous is null || closes || Opens(previous, isQuoted) ? "" : SpaceBetween(previous, word);
            text.Append(space).Append(beginsSentence ? Capitalized(word) : word);
            isQuoted ^= word == "\"";
            beginsSentence = word is "." or "!" or "?" || (beginsSentence && IsBeforeFirst(word, isQuoted));
            previous = word;
        }

        return text.ToString();
    }

    private static bool Opens(string word, bool isQuoted) =>
        word is "(" or "[" or "{" || (word == "\"" && isQuoted) || (word.Length > 1 && word[^1] == '\'');

    // What a sentence may have before its first word.
    private static bool IsBeforeFirst(string word, bool isQuoted) =>
        word is "«" or "(" or "[" or "-" or "'" || (word == "\"" && isQuoted);

    private static string SpaceBetween(string previous, string word) => word switch
    {
        "." or "," or "..." or ")" or "]" or "}" => "",
        ['\'' or '-', _, ..] => "",
        "!" or "?" or ";" => previous is "!" or "?" ? "" : NarrowSpace,
        ":" or "»" => WideSpace,
        _ => previous == "«" ? WideSpace : " ",
    };

    private static string Capitalized(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
