using static System.FormattableString;

namespace RnnGen;

/// <summary>
/// How often a decoder reads its targets while it trains, and how often what it would have given itself (Bengio et al.
/// 2015): at every token a coin is tossed. Without it a decoder always reads its targets (teacher forcing, Williams and
/// Zipser 1989). Gradients do not pass through the choice.
/// </summary>
/// <remarks>
/// Tokens of its own are those that the model gives without dropout. They are chosen by one worker, step by step,
/// before the pass that is trained on: a step takes longer by a decoder's forward pass. The seed of the training
/// options decides them, whatever the number of threads.
/// </remarks>
public sealed record ScheduledSampling
{
    private readonly Func<long, double> _truth;
    private readonly string _text;

    private ScheduledSampling(Func<long, double> truth, string text) => (_truth, _text) = (truth, text);

    /// <summary>The decoder reads what it gives, from the first step of training on.</summary>
    public static ScheduledSampling FreeRunning { get; } = new(_ => 0, "free running");

    /// <summary>
    /// Whether tokens of its own are drawn by their probabilities, and are not the likeliest ones. Default
    /// <see langword="false"/>.
    /// </summary>
    public bool Draws { get; init; }

    /// <summary>The same probability at every step.</summary>
    /// <param name="truth">ε, the probability that a target is read: 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside its range.</exception>
    public static ScheduledSampling Constant(double truth)
    {
        Check(truth >= 0 && truth <= 1, nameof(truth), truth, "from 0 to 1");
        return new(_ => truth, Invariant($"targets read with probability {truth:g4}"));
    }

    /// <summary>ε = max(least, 1 − slope · i) at step i of training, 0 for the first.</summary>
    /// <param name="slope">What a step takes away: above 0, at most 1.</param>
    /// <param name="least">The least probability: 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is outside its range.</exception>
    public static ScheduledSampling Linear(double slope, double least = 0)
    {
        Check(slope > 0 && slope <= 1, nameof(slope), slope, "above 0 and at most 1");
        Check(least >= 0 && least <= 1, nameof(least), least, "from 0 to 1");
        return new(
            step => Math.Max(least, 1 - (slope * step)),
            Invariant($"targets read with probability max({least:g4}, 1 - {slope:g4} i)"));
    }

    /// <summary>ε = kⁱ at step i of training, 0 for the first.</summary>
    /// <param name="factor">k: above 0, below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside its range.</exception>
    public static ScheduledSampling Exponential(double factor)
    {
        Check(factor > 0 && factor < 1, nameof(factor), factor, "above 0 and below 1");
        return new(
            step => Math.Pow(factor, step), Invariant($"targets read with probability {factor:g6} to the power of i"));
    }

    /// <summary>ε = k / (k + exp(i / k)) at step i of training, 0 for the first.</summary>
    /// <param name="steps">k: 1 or more; after about k · ln k steps half of the tokens are targets.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside its range.</exception>
    public static ScheduledSampling InverseSigmoid(double steps)
    {
        Check(steps >= 1 && double.IsFinite(steps), nameof(steps), steps, "1 or more, and finite");
        return new(
            step => steps / (steps + Math.Exp(step / steps)),
            Invariant($"targets read with probability {steps:g6} / ({steps:g6} + exp(i / {steps:g6}))"));
    }

    /// <summary>ε, the probability that a target is read.</summary>
    /// <param name="step">Steps of training before: 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 0.</exception>
    public double TruthAt(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return _truth(step);
    }

    /// <summary>One line, the same under every culture.</summary>
    public override string ToString() => _text + (Draws ? ", others drawn" : "");

    private static void Check(bool isInRange, string name, double value, string range)
    {
        if (!isInRange)
        {
            throw new ArgumentOutOfRangeException(name, value, Invariant($"{name} is {value}; it must be {range}."));
        }
    }
}
