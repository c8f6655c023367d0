namespace RnnGen.Training;

/// <summary>Numbers of things, for messages.</summary>
internal static class Quantity
{
    /// <summary>For instance "1 step" or "2 steps".</summary>
    public static string Of(long count, string one) => Of(count, one, one + "s");

    /// <summary>For instance "There is 1 step" or "There are 2 steps".</summary>
    public static string There(long count, string one) => $"There {(count == 1 ? "is" : "are")} {Of(count, one)}";

    /// <summary>For instance "1 batch" or "2 batches".</summary>
    public static string Of(long count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";
}
