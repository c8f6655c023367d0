namespace RnnGen.Training;

/// <summary>What a stream takes at a step, where it comes as a span.</summary>
public static class StreamInput
{
    /// <summary>The token of a step.</summary>
    /// <param name="input">One token.</param>
    /// <exception cref="ArgumentException">There is none, or more than one.</exception>
    public static int Token(ReadOnlySpan<int> input) => input.Length == 1
        ? input[0]
        : throw new ArgumentException(
            $"{Quantity.There(input.Length, "token")}; a step takes 1.", nameof(input));
}
