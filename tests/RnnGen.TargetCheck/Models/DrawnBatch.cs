using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.TargetCheck.Models;

/// <summary>
/// A batch, the same on every machine: sequences side by side, time-major, and their targets. What lies behind a
/// sequence's end is poison: NaN, or an index that no model takes.
/// </summary>
internal sealed class DrawnBatch<TInput, TTarget>
    where TInput : unmanaged, INumberBase<TInput>
    where TTarget : unmanaged, INumberBase<TTarget>
{
    private DrawnBatch(ModelSize size, int[] lengths, CounterRandom random)
    {
        (Steps, Batch, Lengths) = (size.Steps, size.Batch, lengths);
        int rows = Steps * Batch;
        Inputs = Draw<TInput>(random, rows, size.InputSize, size.Vocabulary, IsPadding);
        int targetRows = size.OutputPerSequence ? Batch : rows;
        bool areClasses = typeof(TTarget) == typeof(int);
        Targets = Draw<TTarget>(
            random,
            targetRows,
            areClasses ? 1 : size.OutputSize,
            areClasses ? size.OutputSize : 0,
            size.OutputPerSequence ? _ => false : IsPadding);
    }

    public int Steps { get; }

    public int Batch { get; }

    /// <summary>Steps of each sequence.</summary>
    public int[] Lengths { get; }

    public TInput[] Inputs { get; }

    public TTarget[] Targets { get; }

    /// <summary>All sequences with all steps.</summary>
    public static DrawnBatch<TInput, TTarget> Full(ModelSize size, ulong seed) =>
        new(size, [.. Enumerable.Repeat(size.Steps, size.Batch)], new CounterRandom(seed));

    /// <summary>Sequences in no order of their lengths, one of all steps and one of a single step.</summary>
    public static DrawnBatch<TInput, TTarget> Ragged(ModelSize size, ulong seed)
    {
        var random = new CounterRandom(seed);
        int[] lengths = [.. Enumerable.Range(0, size.Batch).Select(_ => 1 + random.NextInt(size.Steps))];
        (lengths[0], lengths[1]) = (size.Steps, 1);
        random.Shuffle<int>(lengths);
        return new(size, lengths, random);
    }

    private bool IsPadding(int row) => row / Batch >= Lengths[row % Batch];

    private static TItem[] Draw<TItem>(
        CounterRandom random, int rows, int width, int classes, Func<int, bool> isPadding)
        where TItem : unmanaged, INumberBase<TItem>
    {
        var items = new TItem[rows * width];
        for (int i = 0; i < items.Length; i++)
        {
            double number = random.NextUniform(-1, 1);
            double index = random.NextInt(Math.Max(1, classes));
            items[i] = isPadding(i / width)
                ? TItem.CreateTruncating(classes > 0 ? int.MinValue : double.NaN)
                : TItem.CreateTruncating(classes > 0 ? index : number);
        }

        return items;
    }
}
