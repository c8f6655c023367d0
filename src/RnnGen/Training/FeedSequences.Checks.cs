using System.Globalization;
using RnnGen.Kernels;
using RnnGen.Training;

namespace RnnGen;

// What the sequences must satisfy, once, before any of them is read.
public sealed partial class FeedSequences<T>
{
    private static void Check(ModelShape shape, int index, Column[] columns, int[][] lengths)
    {
        FeedShape feed = shape.Feeds[index];
        Column column = columns[index];
        string name = column.Source ?? feed.Name;
        bool begins = index == FirstOf(shape, feed.Axis);
        if (column.Count == 0)
        {
            throw new ArgumentException($"'{name}' has no sequences; there must be 1 or more.", name);
        }

        if (column.Count != columns[0].Count)
        {
            throw new ArgumentException(
                $"'{name}' has {Quantity.Of(column.Count, "sequence")} and '{shape.Feeds[0].Name}' "
                + $"{columns[0].Count}; there must be as many of both.",
                name);
        }

        if (column.HasIndices != feed.HasIndices)
        {
            throw new ArgumentException(
                $"'{name}' holds {(column.HasIndices ? "tokens or classes" : "numbers")}; the model takes "
                + (feed.HasIndices ? $"tokens or classes from 0 to {feed.Indices - 1}." : $"rows of {feed.Width}."),
                name);
        }

        for (int i = 0; i < column.Count; i++)
        {
            int steps = begins ? StepsOf(shape, feed, column, i) : lengths[feed.Axis][i];
            lengths[feed.Axis][i] = steps;
            CheckLength(feed, column, i, steps);
            CheckValues(feed, column, i);
        }
    }

    private static int StepsOf(ModelShape shape, FeedShape feed, Column column, int sequence)
    {
        int most = shape.Axes[feed.Axis].Steps;
        int steps = column.LengthOf(sequence) / feed.Width;
        string name = column.Source ?? feed.Name;
        return steps >= 1 && steps <= most
            ? steps
            : throw new ArgumentException(
                $"'{name}' of sequence {sequence} has {Quantity.Of(steps, "step")}; the model takes from 1 to {most}.",
                name);
    }

    private static void CheckLength(FeedShape feed, Column column, int sequence, int steps)
    {
        int rows = feed.IsPerSequence ? 1 : steps;
        int length = column.LengthOf(sequence);
        if (length == (long)rows * feed.Width)
        {
            return;
        }

        string counts = feed.HasIndices
            ? $"{Quantity.Of(length, "token or class", "tokens or classes")}; there must be {rows}, one for "
                + (feed.IsPerSequence ? "the sequence." : "each of its steps.")
            : $"{Quantity.Of(length, "number")}; {Quantity.Of(rows, "row")} of {feed.Width} must have "
                + $"{(long)rows * feed.Width}.";
        throw new ArgumentException($"'{feed.Name}' of sequence {sequence} has {counts}", feed.Name);
    }

    private static void CheckValues(FeedShape feed, Column column, int sequence)
    {
        if (feed.HasIndices)
        {
            CheckIndices(feed, column, sequence);
        }
        else if (FiniteNumbers.IndexOfOther<T>(column.Values[sequence]) is >= 0 and var place)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{feed.Name}' of sequence {sequence} has {column.Values[sequence][place]} at step "
                    + $"{place / feed.Width}, place {place % feed.Width}; training takes finite numbers only."),
                feed.Name);
        }
    }

    private static void CheckIndices(FeedShape feed, Column column, int sequence)
    {
        int[] indices = column.Indices[sequence];
        int place = Array.FindIndex(indices, index => (uint)index >= (uint)feed.Indices);
        if (place >= 0)
        {
            // One step later there stands a start in front.
            string name = column.Source ?? feed.Name;
            int step = column.Source is null ? place : place - 1;
            throw new ArgumentOutOfRangeException(
                name,
                indices[place],
                $"'{name}' of sequence {sequence} has {indices[place]} at step {step}; it must be from 0 to "
                + $"{feed.Indices - 1}.");
        }

        if (feed.End is { } end && Array.IndexOf(indices, end) is var first && first != indices.Length - 1)
        {
            string targets = $"'{feed.Name}' of sequence {sequence}";
            throw new ArgumentException(
                FeedChecks<T>.EndsOtherwise(targets, end, first < 0 ? null : first, indices[^1], indices.Length - 1),
                feed.Name);
        }
    }

    // The input whose rows tell how long the sequences are along an axis.
    private static int FirstOf(ModelShape shape, int axis)
    {
        for (int feed = 0; feed < shape.Feeds.Length; feed++)
        {
            if (shape.Feeds[feed].Axis == axis && !shape.Feeds[feed].IsPerSequence)
            {
                return feed;
            }
        }

        return -1;
    }
}
