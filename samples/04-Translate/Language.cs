namespace TranslateSample;

/// <summary>What is different about the two sides of the model.</summary>
/// <param name="Name">What it is called, in messages and in weight files.</param>
/// <param name="Tokenizer">How its sentences are split.</param>
/// <param name="FirstWord">The first token that stands for one word, behind those with other meanings.</param>
/// <param name="Tokens">The model's number of tokens.</param>
internal sealed record Language(string Name, Tokenizer Tokenizer, int FirstWord, int Tokens)
{
    /// <summary>The token that ends a French sentence, as the model's attribute says.</summary>
    public const int End = SentenceModel.End;

    /// <summary>Token 0 is for unknown words.</summary>
    public static Language English { get; } = new(
        "English", Tokenizer.English, FirstWord: 1, SentenceModel.SourceVocabulary);

    /// <summary>Token 0 is for unknown words, 1 and 2 are start and end.</summary>
    public static Language French { get; } = new(
        "French", Tokenizer.French, FirstWord: 3, SentenceModel.TargetVocabulary);

    /// <summary>Most words that can have a token of their own.</summary>
    public int MostWords => Tokens - FirstWord;
}
