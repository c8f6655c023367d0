namespace RnnGen.Training;

/// <summary>Copies rows between row-major arrays.</summary>
internal static class Rows
{
    /// <summary>Copies row <paramref name="from"/> of one array to row <paramref name="to"/> of another.</summary>
    public static void Copy<TValue>(ReadOnlySpan<TValue> source, int from, Span<TValue> target, int to, int width)
    {
        if (width == 1)
        {
            target[to] = source[from];
        }
        else
        {
            source.Slice(from * width, width).CopyTo(target[(to * width)..]);
        }
    }
}
