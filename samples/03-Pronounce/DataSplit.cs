using System.Collections.Immutable;
using RnnGen.Kernels;
using Samples;

namespace PronounceSample;

/// <summary>Words to train on, and others to measure by.</summary>
/// <param name="Training">Those to train on.</param>
/// <param name="HeldOut">The others.</param>
internal sealed record DataSplit(ImmutableArray<DictionaryWord> Training, ImmutableArray<DictionaryWord> HeldOut)
{
    private const int Fewest = 10;

    /// <summary>Holds out any tenth, chosen by a seed: words with all their pronunciations.</summary>
    /// <exception cref="InputException">There are too few words.</exception>
    public static DataSplit Of(ImmutableArray<DictionaryWord> words, ulong seed)
    {
        if (words.Length < Fewest)
        {
            throw new InputException(
                $"There are {words.Length} words; there must be {Fewest} or more, since a tenth is held out.");
        }

        DictionaryWord[] shuffled = [.. words];
        new CounterRandom(seed).Shuffle(shuffled.AsSpan());
        int cut = shuffled.Length - (shuffled.Length / 10);
        return new DataSplit([.. shuffled[..cut]], [.. shuffled[cut..]]);
    }
}
