using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen;

/// <summary>
/// What a classifier's outputs mean: probabilities from its logits, the most likely class, and a class drawn by them.
/// </summary>
public static class Softmax
{
    /// <summary>Turns logits into probabilities: eˣ of each, divided by the sum of all.</summary>
    /// <param name="logits">1 or more numbers, the largest of them finite; −∞ gives probability 0.</param>
    /// <param name="probabilities">Receives as many numbers, which add up to 1; may be the logits themselves.</param>
    /// <param name="temperature">
    /// Logits are divided by it: above 1 evens the odds, below 1 sharpens them; above 0.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, or there is no logit, or one is NaN or ∞, or all are −∞; nothing was written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not above 0.</exception>
    public static void Apply(ReadOnlySpan<float> logits, Span<float> probabilities, float temperature = 1)
        => Apply<float>(logits, probabilities, temperature);

    /// <inheritdoc cref="Apply(ReadOnlySpan{float}, Span{float}, float)"/>
    public static void Apply(ReadOnlySpan<double> logits, Span<double> probabilities, double temperature = 1)
        => Apply<double>(logits, probabilities, temperature);

    /// <summary>The most likely class: the place of the largest number, of the first of several.</summary>
    /// <param name="outputs">Logits or probabilities: 1 or more, none of them NaN.</param>
    /// <returns>From 0 to the number of outputs − 1.</returns>
    /// <exception cref="ArgumentException">There is no output, or one is NaN.</exception>
    public static int MostLikely(ReadOnlySpan<float> outputs) => MostLikely<float>(outputs);

    /// <inheritdoc cref="MostLikely(ReadOnlySpan{float})"/>
    public static int MostLikely(ReadOnlySpan<double> outputs) => MostLikely<double>(outputs);

    /// <summary>Draws a class: each comes up as often as its probability says.</summary>
    /// <param name="probabilities">1 or more finite numbers of 0 or more, not all 0; they need not add up to 1.</param>
    /// <param name="point">
    /// A random number from 0 to less than 1, for instance <c>Random.Shared.NextDouble()</c>.
    /// </param>
    /// <returns>From 0 to the number of probabilities − 1; never one whose probability is 0.</returns>
    /// <exception cref="ArgumentException">
    /// There is no probability, or one is negative, NaN or ∞, or all are 0.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="point"/> is not from 0 to less than 1.
    /// </exception>
    public static int Draw(ReadOnlySpan<float> probabilities, double point) => Draw<float>(probabilities, point);

    /// <inheritdoc cref="Draw(ReadOnlySpan{float}, double)"/>
    public static int Draw(ReadOnlySpan<double> probabilities, double point) => Draw<double>(probabilities, point);

    private static void Apply<T>(ReadOnlySpan<T> logits, Span<T> probabilities, T temperature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = logits[MostLikely(logits, nameof(logits), "logit")];
        if (!T.IsFinite(largest))
        {
            throw new ArgumentException($"The largest logit is {largest}; it must be finite.", nameof(logits));
        }

        if (probabilities.Length != logits.Length)
        {
            throw new ArgumentException(
                $"{probabilities.Length} probabilities for {logits.Length} logits.", nameof(probabilities));
        }

        if (!(temperature > T.Zero))
        {
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature must be above 0.");
        }

        SoftmaxKernel.Apply(logits, probabilities, temperature);
    }

    private static int MostLikely<T>(ReadOnlySpan<T> outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => MostLikely(outputs, nameof(outputs), "output");

    private static int MostLikely<T>(ReadOnlySpan<T> values, string argument, string kind)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException($"There must be 1 {kind} or more.", argument);
        }

        int best = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (T.IsNaN(values[i]))
            {
                throw new ArgumentException($"The {kind} at {i} is NaN.", argument);
            }

            best = values[i] > values[best] ? i : best;
        }

        return best;
    }

    private static int Draw<T>(ReadOnlySpan<T> probabilities, double point)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!(point >= 0 && point < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(point), point, "The point must be from 0 to less than 1.");
        }

        double sum = 0;
        int last = -1;
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (!(probabilities[i] >= T.Zero && T.IsFinite(probabilities[i])))
            {
                throw new ArgumentException(
                    $"The probability at {i} is {probabilities[i]}; it must be a finite number of 0 or more.",
                    nameof(probabilities));
            }

            sum += double.CreateTruncating(probabilities[i]);
            last = probabilities[i] > T.Zero ? i : last;
        }

        if (last < 0 || !double.IsFinite(sum))
        {
            throw new ArgumentException(
                $"The probabilities add up to {sum}; the sum must be finite and above 0.", nameof(probabilities));
        }

        double left = point * sum;
        for (int i = 0; i < last; i++)
        {
            left -= double.CreateTruncating(probabilities[i]);
            if (left < 0)
            {
                return i;
            }
        }

        return last;
    }
}
