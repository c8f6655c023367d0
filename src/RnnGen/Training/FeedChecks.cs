using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>What the rows of a feed must satisfy before any of them is packed.</summary>
internal static class FeedChecks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Refuses values of another type than the feed's.</summary>
    public static void Kind<TValue>(FeedShape feed, string name)
        where TValue : unmanaged
    {
        Type wanted = feed.HasIndices ? typeof(int) : typeof(T);
        if (typeof(TValue) != wanted)
        {
            throw new ArgumentException(
                $"The {name} are of type {typeof(TValue).Name}; this model takes {wanted.Name}.", name);
        }
    }

    /// <summary>Refuses another number of values than rows of a width make.</summary>
    public static void Count(int count, BatchLayout layout, bool isPerSequence, int width, string name)
    {
        long wanted = (long)layout.Batch * width * (isPerSequence ? 1 : layout.GivenSteps);
        if (count != wanted)
        {
            string rows = layout.Memory == SequenceOrder.TimeMajor
                ? $"{layout.GivenSteps}, {layout.Batch}"
                : $"{layout.Batch}, {layout.GivenSteps}";
            string shape = $"[{(isPerSequence ? $"{layout.Batch}" : rows)}, {width}]";
            throw new ArgumentException(
                $"{Quantity.There(count, name[..^1])}; there must be {wanted}, that is {shape}.", name);
        }
    }

    /// <summary>What is wrong with targets that do not end as a decoder's must.</summary>
    /// <param name="targets">What they are called.</param>
    /// <param name="end">What they must end in, and have nowhere else.</param>
    /// <param name="place">The step before the last at which they have it; null for none.</param>
    /// <param name="last">Their last token.</param>
    /// <param name="lastStep">Its step.</param>
    public static string EndsOtherwise(string targets, int end, int? place, int last, int lastStep) => place is { } step
        ? $"{targets} have {end} at step {step}, before their last, {lastStep}; {end} is what the model is declared to "
            + "end in, so nothing may follow it."
        : $"{targets} end in {last}, at step {lastStep}; they must end in {end}, which the model is declared to end "
            + "in.";

    /// <summary>
    /// Refuses tokens and classes outside their range, and where asked to numbers that are not finite.
    /// </summary>
    public static void Values<TValue>(
        ReadOnlySpan<TValue> values, FeedShape feed, BatchLayout layout, string name, bool areFinite)
        where TValue : unmanaged
    {
        if (feed.HasIndices)
        {
            ReadOnlySpan<int> indices = MemoryMarshal.Cast<TValue, int>(values);
            Indices(indices, feed, layout, name);
            if (feed.End is { } end)
            {
                Ends(indices, end, layout, name);
            }
        }
        else if (areFinite)
        {
            Finite(MemoryMarshal.Cast<TValue, T>(values), feed, layout, name);
        }
    }

    // What stands after a sequence's end is padding, and may be anything.
    private static bool IsPadding(FeedShape feed, BatchLayout layout, int row)
    {
        (int step, int sequence) = PlaceOf(feed, layout, row);
        return !feed.IsPerSequence && step >= layout.GivenLengths[sequence];
    }

    private static (int Step, int Sequence) PlaceOf(FeedShape feed, BatchLayout layout, int row) =>
        feed.IsPerSequence ? (0, row) : layout.PlaceOf(row);

    // A decoder that has never seen an end goes on for ever, and none has ever said what follows one.
    private static void Ends(ReadOnlySpan<int> indices, int end, BatchLayout layout, string name)
    {
        for (int sequence = 0; sequence < layout.Batch; sequence++)
        {
            int last = layout.GivenLengths[sequence] - 1;
            int first = 0;
            while (first < last && indices[layout.RowOf(first, sequence)] != end)
            {
                first++;
            }

            int token = indices[layout.RowOf(last, sequence)];
            if (first < last || token != end)
            {
                throw new ArgumentException(
                    EndsOtherwise($"{name} of sequence {sequence}", end, first < last ? first : null, token, last),
                    name);
            }
        }
    }

    private static void Indices(ReadOnlySpan<int> indices, FeedShape feed, BatchLayout layout, string name)
    {
        for (int row = 0; row < indices.Length; row++)
        {
            if ((uint)indices[row] >= (uint)feed.Indices && !IsPadding(feed, layout, row))
            {
                (int step, int sequence) = PlaceOf(feed, layout, row);
                throw new ArgumentOutOfRangeException(
                    name,
                    indices[row],
                    $"{name}[{row}] (step {step}, sequence {sequence}) is {indices[row]}; it must be from 0 to "
                    + $"{feed.Indices - 1}.");
            }
        }
    }

    // No training without numbers: in one row of many, NaN would be found out only by the loss, and blamed on the rate.
    private static void Finite(ReadOnlySpan<T> values, FeedShape feed, BatchLayout layout, string name)
    {
        if (FiniteNumbers.All(values))
        {
            return;
        }

        string column = feed.IsTarget ? "output" : "feature";
        for (int i = 0; i < values.Length; i++)
        {
            int row = i / feed.Width;
            if (!T.IsFinite(values[i]) && !IsPadding(feed, layout, row))
            {
                (int step, int sequence) = PlaceOf(feed, layout, row);
                string place = $"{name}[{i}] (step {step}, sequence {sequence}, {column} {i % feed.Width})";
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture, $"{place} is {values[i]}; training takes finite numbers only."),
                    name);
            }
        }
    }
}
