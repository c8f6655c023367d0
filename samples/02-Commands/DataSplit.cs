using System.Collections.Immutable;
using RnnGen.Kernels;
using Samples;

namespace CommandSample;

/// <summary>Commands to train on, and others to measure by.</summary>
/// <param name="Training">Those to train on.</param>
/// <param name="HeldOut">The others.</param>
internal sealed record DataSplit(ImmutableArray<CommandPair> Training, ImmutableArray<CommandPair> HeldOut)
{
    /// <summary>Longest actions that the length split trains on.</summary>
    private const int LongestToTrainOn = 22;

    /// <summary>The paper's experiment 1: any 80 % to train on, chosen by a seed.</summary>
    /// <exception cref="InputException">There are too few commands.</exception>
    public static DataSplit Simple(ImmutableArray<CommandPair> commands, ulong seed)
    {
        CommandPair[] shuffled = [.. commands];
        new CounterRandom(seed).Shuffle(shuffled.AsSpan());
        int cut = shuffled.Length * 4 / 5;
        return new DataSplit([.. shuffled[..cut]], [.. shuffled[cut..]]).Checked();
    }

    /// <summary>The paper's experiment 2: short ones to train on, and long ones to measure by.</summary>
    /// <exception cref="InputException">There are no short or no long commands.</exception>
    public static DataSplit ByLength(ImmutableArray<CommandPair> commands)
    {
        ILookup<bool, CommandPair> isLong = commands.ToLookup(
            pair => Vocabulary.Actions.Encode(pair.Actions).Length > LongestToTrainOn);
        return new DataSplit([.. isLong[false]], [.. isLong[true]]).Checked();
    }

    private DataSplit Checked() => Training.Length > 0 && HeldOut.Length > 0 ? this : throw new InputException(
        $"{Training.Length} commands to train on and {HeldOut.Length} to measure by: there must be some of both.");
}
