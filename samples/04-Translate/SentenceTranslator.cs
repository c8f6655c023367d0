using System.Collections.Immutable;
using RnnGen;

namespace TranslateSample;

/// <summary>A model with the words of both languages: translates words.</summary>
internal sealed class SentenceTranslator(SentenceModel model, Vocabulary english, Vocabulary french)
{
    public SentenceModel Model => model;

    public Vocabulary English => english;

    public Vocabulary French => french;

    /// <summary>Translates sentences.</summary>
    /// <param name="sentences">The words of each, 1 to the model's source steps.</param>
    /// <param name="beam">Hypotheses that are followed at the same time: 1 for greedy search.</param>
    /// <returns>The words of each translation.</returns>
    public ImmutableArray<Translation> Translate(IReadOnlyList<ImmutableArray<string>> sentences, int beam)
    {
        var options = new DecodingOptions { BeamSize = beam, LengthPenalty = 0.6, Attention = true };
        int[][] sources = [.. sentences.Select(words => english.Encode(words))];
        return [.. model.Decode(sources, options).Select((found, i) => Words(found[0], sentences[i]))];
    }

    // Where it has no token for a word the model gives the unknown one. In its place comes the word of the source that
    // it has most attended to, as in Luong et al. 2015, here among those that it does not know either, if there are
    // any: names are mostly the same in both languages.
    private Translation Words(Hypothesis found, ImmutableArray<string> source)
    {
        int[] all = [.. Enumerable.Range(0, source.Length)];
        int[] unknown = [.. all.Where(step => !english.Knows(source[step]))];
        int[] steps = unknown is [] ? all : unknown;
        AttentionMatrix attention = found.Attention[0];
        return new Translation(
            [
                .. found.Tokens.Select((token, row) =>
                    french.WordOf(token) ?? source[steps.MaxBy(step => attention[row, step])]),
            ],
            found.IsComplete);
    }
}
