using System.Globalization;

namespace RnnGen;

/// <summary>How a decoder chooses among the tokens that it gives probabilities for.</summary>
public sealed record DecodingOptions
{
    private readonly int _beamSize = 1;
    private readonly int _count = 1;
    private readonly double _lengthPenalty;
    private readonly double _coveragePenalty;
    private readonly double _temperature = 1;
    private readonly int _topK;
    private readonly double _topP = 1;
    private readonly int? _maxSteps;

    /// <summary>
    /// Hypotheses that are followed at the same time: 1, the default, is greedy search, more are beam search. At most
    /// the model's batch. Not together with <see cref="Sample"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int BeamSize
    {
        get => _beamSize;
        init => _beamSize = Positive(value, nameof(BeamSize));
    }

    /// <summary>
    /// Hypotheses that are returned, the best first: 1 by default. At most <see cref="BeamSize"/>, or with
    /// <see cref="Sample"/> the model's batch.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int Count
    {
        get => _count;
        init => _count = Positive(value, nameof(Count));
    }

    /// <summary>
    /// α of Wu et al. 2016, equation 14: a hypothesis' log-probability is divided by ((5 + length) / 6)^α, 0 or more.
    /// With 0, the default, short hypotheses win; there 0.6 to 0.7 were best. At greedy search it changes the score
    /// alone.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 0, infinite or NaN.</exception>
    public double LengthPenalty
    {
        get => _lengthPenalty;
        init => _lengthPenalty = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(LengthPenalty), value, "LengthPenalty must be 0 or more, and finite.");
    }

    /// <summary>Most tokens of a hypothesis, the end among them; null, the default, for the model's target steps.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int? MaxSteps
    {
        get => _maxSteps;
        init => _maxSteps = value is { } steps ? Positive(steps, nameof(MaxSteps)) : null;
    }

    /// <summary>
    /// β of Wu et al. 2016, equation 14: what is added to the score of a hypothesis for each row of the source that it
    /// has attended to by less than 1 in all, β times the logarithm of that. 0 or more; 0, the default, for nothing.
    /// Of several attention layers the first counts. Hypotheses are compared with it once they have ended.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 0, infinite or NaN.</exception>
    public double CoveragePenalty
    {
        get => _coveragePenalty;
        init => _coveragePenalty = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(CoveragePenalty), value, "CoveragePenalty must be 0 or more, and finite.");
    }

    /// <summary>Whether hypotheses come with what they attended to (<see cref="Hypothesis.Attention"/>).</summary>
    public bool Attention { get; init; }

    /// <summary>
    /// Draws tokens by chance, <see cref="Count"/> hypotheses independently of each other, instead of searching for
    /// likely ones. Only then may <see cref="Temperature"/>, <see cref="TopK"/>, <see cref="TopP"/> and
    /// <see cref="Seed"/> be set.
    /// </summary>
    public bool Sample { get; init; }

    /// <summary>What logits are divided by before tokens are drawn: above 0; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is 0 or less, infinite or NaN.</exception>
    public double Temperature
    {
        get => _temperature;
        init => _temperature = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(Temperature), value, "Temperature must be above 0, and finite.");
    }

    /// <summary>Draws among so many of the likeliest tokens only (Fan et al. 2018); 0, the default, for all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 0.</exception>
    public int TopK
    {
        get => _topK;
        init => _topK = value >= 0 ? value : throw new ArgumentOutOfRangeException(
            nameof(TopK), value, "TopK must be 0 or more.");
    }

    /// <summary>
    /// Draws among the fewest likeliest tokens that have this probability together (nucleus sampling, Holtzman et al.
    /// 2020): above 0, up to 1, the default, for all.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside its range.</exception>
    public double TopP
    {
        get => _topP;
        init => _topP = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(TopP), value, "TopP must be above 0 and at most 1.");
    }

    /// <summary>What is drawn: the same seed gives the same tokens for the same source, whatever its batch.</summary>
    public ulong Seed { get; init; }

    /// <summary>Refuses what would have no effect beside the other options.</summary>
    /// <exception cref="ArgumentException">An option of drawing without drawing, or a beam with it.</exception>
    internal void CheckEffects(string parameter)
    {
        string? idle = Sample ? (BeamSize != 1 ? Told(nameof(BeamSize), BeamSize) : null)
            : Temperature != 1 ? Told(nameof(Temperature), Temperature)
            : TopK != 0 ? Told(nameof(TopK), TopK)
            : TopP != 1 ? Told(nameof(TopP), TopP)
            : Seed != 0 ? Told(nameof(Seed), Seed)
            : null;
        if (idle is not null)
        {
            throw new ArgumentException(
                Sample
                    ? $"{idle}, but where tokens are drawn there is no beam: Count tells how many hypotheses there are."
                    : $"{idle}, but nothing is drawn without Sample = true.",
                parameter);
        }
    }

    private static string Told(string name, IFormattable value) =>
        $"{name} is {value.ToString(null, CultureInfo.InvariantCulture)}";

    private static int Positive(int value, string name) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 1 or more.");
}
