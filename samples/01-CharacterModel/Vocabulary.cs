using System.Text;
using Samples;

namespace CharacterSample;

/// <summary>
/// Which character each token stands for. The model's number of tokens is a constant of its code, whatever the text:
/// token 0 stands for all characters that have none of their own, the next for the most frequent characters of the
/// training part, and the last may stand for nothing.
/// </summary>
/// <remarks>
/// What this does to the loss: a token that stands for nothing is never a target, so its probability soon goes to
/// nearly 0; what it still has makes the loss a little larger than with a vocabulary of exactly the text's characters,
/// never smaller. Characters that share token 0 are easier to predict than each of them would be; the sample
/// says how many a text has, and with none of them its loss compares with other programs'.
/// </remarks>
internal sealed class Vocabulary
{
    /// <summary>The token of all characters without one of their own.</summary>
    public const int Other = 0;

    /// <summary>Most characters that can have a token of their own.</summary>
    public const int MaxCharacters = CharacterModel.Vocabulary - 1;

    private readonly Rune[] _characters;
    private readonly Dictionary<Rune, int> _tokens = [];

    /// <summary>Makes a vocabulary as <see cref="Characters"/> gives it.</summary>
    /// <param name="characters">The characters of token 1, 2, ...</param>
    /// <exception cref="InvalidDataException">
    /// They are none, too many, twice the same, or control characters.
    /// </exception>
    public Vocabulary(string characters)
    {
        _characters = [.. characters.EnumerateRunes()];
        if (_characters.Length is 0 or > MaxCharacters)
        {
            throw new InvalidDataException(
                $"A vocabulary has {_characters.Length} characters; it must have 1 to {MaxCharacters}.");
        }

        for (int i = 0; i < _characters.Length; i++)
        {
            if (!IsText(_characters[i]) || !_tokens.TryAdd(_characters[i], i + 1))
            {
                throw new InvalidDataException(
                    $"A vocabulary has the character U+{_characters[i].Value:X4} twice, or it is a control character.");
            }
        }
    }

    /// <summary>The characters of token 1, 2, ...</summary>
    public string Characters => string.Concat(_characters);

    /// <summary>Tokens that stand for one character: 1 up to this.</summary>
    public int CharacterCount => _characters.Length;

    /// <summary>The vocabulary of a text: its most frequent characters, among equals the lower code point first.
    /// </summary>
    /// <exception cref="InputException">The text has nothing but control characters.</exception>
    public static Vocabulary Of(ReadOnlySpan<Rune> text)
    {
        var counts = new Dictionary<Rune, int>();
        foreach (Rune character in text)
        {
            counts[character] = counts.GetValueOrDefault(character) + 1;
        }

        Rune[] frequent =
        [
            .. counts.Where(pair => IsText(pair.Key))
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key)
                .Take(MaxCharacters)
                .Select(pair => pair.Key),
        ];
        return frequent.Length > 0
            ? new Vocabulary(string.Concat(frequent))
            : throw new InputException("The text has no characters but control characters.");
    }

    /// <summary>The token of a character.</summary>
    public int TokenOf(Rune character) => _tokens.GetValueOrDefault(character, Other);

    /// <summary>The tokens of a text.</summary>
    public int[] Encode(ReadOnlySpan<Rune> text)
    {
        int[] tokens = new int[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            tokens[i] = TokenOf(text[i]);
        }

        return tokens;
    }

    /// <summary>The character of a token from 1 to <see cref="CharacterCount"/>.</summary>
    public Rune CharacterOf(int token) => _characters[token - 1];

    // What is generated goes to a terminal, which obeys other control characters.
    private static bool IsText(Rune character) =>
        !Rune.IsControl(character) || character.Value is '\n' or '\r' or '\t';
}
