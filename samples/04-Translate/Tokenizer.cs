using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace TranslateSample;

/// <summary>
/// Splits a text into words: runs of letters, digits and marks. Each punctuation mark and symbol is a word of its own,
/// dots side by side one together.
/// </summary>
/// <remarks>
/// Between two letters an apostrophe or a hyphen divides a word, and stays with one part, by which a reader sees how
/// both belong together: English <c>don't</c> becomes <c>don</c> and <c>'t</c>, French <c>l'ami</c> <c>l'</c> and
/// <c>ami</c>, and <c>est-ce</c> <c>est</c> and <c>-ce</c>. Numbers such as <c>2,50</c> and <c>14:30</c> are one word.
/// Spaces of any kind divide, control and format characters too.
/// </remarks>
internal sealed class Tokenizer
{
    private readonly bool _apostropheEnds;

    private Tokenizer(bool apostropheEnds)
    {
        _apostropheEnds = apostropheEnds;
    }

    /// <summary>An apostrophe begins the second part.</summary>
    public static Tokenizer English { get; } = new(apostropheEnds: false);

    /// <summary>An apostrophe ends the first part.</summary>
    public static Tokenizer French { get; } = new(apostropheEnds: true);

    /// <summary>The words of a text, spelt as they are there.</summary>
    public ImmutableArray<string> Split(string text)
    {
        Rune[] runes = [.. Plain(text).EnumerateRunes()];
        ImmutableArray<string>.Builder words = ImmutableArray.CreateBuilder<string>();
        int start = 0;
        while (start < runes.Length)
        {
            int end = IsBlank(runes[start]) ? start : EndOfWord(runes, start);
            if (end > start)
            {
                words.Add(string.Concat(runes[start..end]));
            }

            start = Math.Max(end, start + 1);
        }

        return words.ToImmutable();
    }

    /// <summary>Whether a text can be one word: it is not empty, and nothing in it divides.</summary>
    public static bool IsWord(string text) => text.Length > 0 && !text.EnumerateRunes().Any(IsBlank);

    // One form each for apostrophes, hyphens and three dots.
    private static string Plain(string text) => text
        .Replace('\u2018', '\'')
        .Replace('\u2019', '\'')
        .Replace('\u2010', '-')
        .Replace('\u2011', '-')
        .Replace("\u2026", "...", StringComparison.Ordinal);

    private int EndOfWord(ReadOnlySpan<Rune> text, int start)
    {
        int end = start + 1;
        if (text[start].Value == '.')
        {
            while (end < text.Length && text[end].Value == '.')
            {
                end++;
            }

            return end;
        }

        if (!IsOfWord(text[start]) && !Divides(text, start))
        {
            return end;
        }

        while (end < text.Length && (IsOfWord(text[end]) || IsWithinNumber(text, end)))
        {
            end++;
        }

        return _apostropheEnds && end < text.Length && text[end].Value == '\'' && Divides(text, end) ? end + 1 : end;
    }

    private static bool Divides(ReadOnlySpan<Rune> text, int place) =>
        text[place].Value is '\'' or '-' && IsBetween(text, place, IsOfWord);

    private static bool IsWithinNumber(ReadOnlySpan<Rune> text, int place) =>
        text[place].Value is '.' or ',' or ':' && IsBetween(text, place, Rune.IsDigit);

    private static bool IsBetween(ReadOnlySpan<Rune> text, int place, Func<Rune, bool> kind) =>
        place > 0 && kind(text[place - 1]) && place + 1 < text.Length && kind(text[place + 1]);

    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // What is left of a text goes to a terminal, which obeys control and format characters.
    private static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned;
}
