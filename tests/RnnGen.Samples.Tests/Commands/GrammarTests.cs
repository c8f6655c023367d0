using System.Security.Cryptography;
using System.Text;
using CommandSample;

namespace RnnGen.Samples.Tests.Commands;

public sealed class GrammarTests
{
    // Of tasks.txt as it was published, its lines in ordinal order and each ended by a line feed.
    private const string PublishedHash = "6be4b39bc8bf3a20be810b6991250d0493e608560609db6765dd679e1ed1c98e";

    [Fact]
    public void Commands_AreThePublishedOnes()
    {
        string[] lines = [.. Grammar.Commands().Select(pair => pair.Line).Order(StringComparer.Ordinal)];

        byte[] text = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

        Assert.Equal(20_910, lines.Length);
        Assert.Equal(PublishedHash, Convert.ToHexStringLower(SHA256.HashData(text)));
    }

    [Theory]
    [InlineData("jump", "I_JUMP")]
    [InlineData("turn opposite right", "I_TURN_RIGHT I_TURN_RIGHT")]
    [InlineData("look around left", "I_TURN_LEFT I_LOOK I_TURN_LEFT I_LOOK I_TURN_LEFT I_LOOK I_TURN_LEFT I_LOOK")]
    [InlineData("walk left thrice", "I_TURN_LEFT I_WALK I_TURN_LEFT I_WALK I_TURN_LEFT I_WALK")]
    [InlineData("run twice and look", "I_RUN I_RUN I_LOOK")]
    [InlineData("run twice after turn left", "I_TURN_LEFT I_RUN I_RUN")]
    public void Command_StandsForItsActions(string command, string actions) =>
        Assert.Equal(actions, Assert.Single(Grammar.Commands(), pair => pair.Command == command).Actions);

    [Fact]
    public void Commands_FitTheModel()
    {
        var pairs = Grammar.Commands();

        int longest = pairs.Max(pair => Vocabulary.Actions.Encode(pair.Actions).Length);
        Assert.Equal(CommandTranslator.SourceSteps, pairs.Max(pair => Vocabulary.Words.Encode(pair.Command).Length));
        Assert.Equal(CommandTranslator.TargetSteps, longest + 1);
        Assert.Equal(CommandTranslator.SourceVocabulary, Vocabulary.Words.Count);
        Assert.Equal(
            (CommandTranslator.Start, CommandTranslator.End, CommandTranslator.TargetVocabulary),
            (Vocabulary.Actions.Count, Vocabulary.Actions.Count + 1, Vocabulary.Actions.Count + 2));
    }

    [Fact]
    public void Split_Simple_HoldsOutAFifthBySeed()
    {
        var pairs = Grammar.Commands();

        var split = DataSplit.Simple(pairs, seed: 1);

        Assert.Equal(16_728, split.Training.Length);
        Assert.Equal(4_182, split.HeldOut.Length);
        Assert.Equal(pairs.ToHashSet(), split.Training.Concat(split.HeldOut).ToHashSet());
        Assert.Equal(split.HeldOut.AsEnumerable(), DataSplit.Simple(pairs, seed: 1).HeldOut);
        Assert.NotEqual(split.HeldOut.AsEnumerable(), DataSplit.Simple(pairs, seed: 2).HeldOut);
    }

    [Fact]
    public void Split_ByLength_HoldsOutLongActions()
    {
        var split = DataSplit.ByLength(Grammar.Commands());

        Assert.Equal(16_990, split.Training.Length);
        Assert.Equal(3_920, split.HeldOut.Length);
        Assert.Equal((1, 22), Lengths(split.Training));
        Assert.Equal((24, 48), Lengths(split.HeldOut));
    }

    private static (int Least, int Most) Lengths(IEnumerable<CommandPair> pairs)
    {
        int[] lengths = [.. pairs.Select(pair => pair.Actions.Split(' ').Length)];
        return (lengths.Min(), lengths.Max());
    }
}
