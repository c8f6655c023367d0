namespace RnnGen.Generator.Planning;

/// <summary>
/// Arithmetic of sizes and lengths, which are 0 or more. Sizes are declared as large as a number can be written, and
/// what a model of such sizes needs is told before it is refused: what does not fit stays at the largest number, so
/// that too much never looks like little.
/// </summary>
internal static class Saturating
{
    public static long Sum(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;

    public static long Product(long left, long right) =>
        left > 0 && right > long.MaxValue / left ? long.MaxValue : left * right;

    public static long Product(long first, long second, long third) => Product(Product(first, second), third);

    /// <summary>The next multiple of a unit.</summary>
    public static long RoundedUp(long length, int unit) =>
        length > long.MaxValue - unit ? long.MaxValue : (length + unit - 1) / unit * unit;

    public static int ToInt(long number) => number > int.MaxValue ? int.MaxValue : (int)number;
}
