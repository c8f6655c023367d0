using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Face;

/// <summary>
/// How calls of a model of several inputs or heads are written: each has numbers of its own, and each axis lengths.
/// </summary>
/// <param name="trains">Whether targets are given, of which some inputs are made.</param>
internal sealed class FeedText(FacePlan plan, bool trains = false)
{
    private readonly InputFace[] _inputs = [.. plan.Inputs.Where(input => !trains || !input.IsShifted)];
    private readonly string _states = RuntimeTypes.States(plan.Number) + "?";

    public string[] InputParameters =>
        [.. _inputs.Select(input => Parameter(input.Name, input.HasIndices ? "int" : plan.Number))];

    public string[] TargetParameters { get; } =
        [.. plan.Heads.Select(head => Parameter(head.Targets, head.HasClassTargets ? "int" : plan.Number))];

    public string InputNames => string.Join(", ", _inputs.Select(input => input.Name));

    /// <summary>What may stand behind the batch: states, and the order of rows.</summary>
    public string[] OptionalParameters =>
    [
        $"{_states} initial = null, {_states} final = null",
        $"{RuntimeTypes.Order} order = {RuntimeTypes.Order}.TimeMajor",
    ];

    public string StateParameters => $"{_states} initial, {_states} final";

    /// <summary>How a batch says its sequences: by their number, or by lengths for each axis.</summary>
    public IEnumerable<FeedBatch> Batches
    {
        get
        {
            string batch = CrossReference;
            yield return new FeedBatch(
                "sequences of equal length", ["int sequences"], _ => "sequences",
                $"/// <param name=\"sequences\">B, the number of sequences: from 1 to <see cref=\"{batch}\"/>.</param>")
            {
                HasLengths = false,
            };
            yield return new FeedBatch(
                "sequences of any lengths", [.. plan.Axes.Select(axis => Parameter(Lengths(axis), "int"))], Lengths,
                Lines(plan.Axes.SelectMany(axis => new[]
                {
                    $"/// <param name=\"{Lengths(axis)}\">",
                    $"/// Steps of each {(plan.HasOneAxis ? "" : axis.Name + " ")}sequence, in any order: B of them,"
                        + $" from 1 to <see cref=\"{batch}\"/>.",
                    "/// </param>",
                })))
            {
                HasLengths = true,
            };
        }
    }

    /// <summary>What documentation says of the inputs of a batch.</summary>
    public string InputMeanings => Lines(_inputs.Select(
        input => $"/// <param name=\"{input.Name}\"><c>{input.Shape}</c>, step after step.</param>"));

    /// <summary>What it says of states and order.</summary>
    /// <param name="none">What it means to give no states.</param>
    public static string OptionalMeanings(string none) => $"""
        /// <param name="initial">What the sequences start from; {none}.</param>
        /// <param name="final">
        /// Receives what each sequence ends in; null for nothing. It may be <paramref name="initial"/>.
        /// </param>
        /// <param name="order">
        /// How rows follow one another; <see cref="global::RnnGen.SequenceOrder.BatchMajor"/> for <c>[B, T, F]</c>.
        /// </param>
        """;

    /// <summary>What it says of wrong arguments.</summary>
    /// <param name="further">What else is wrong, and what has been done then.</param>
    public static string Exception(string further) => $"""
        /// <exception cref="global::System.ArgumentException">
        /// A number of values, a length, a token or a class is outside its range, states are of another model or
        /// number of sequences; {further}.
        /// </exception>
        """;

    /// <summary>Lines one below the other.</summary>
    public static string Lines(IEnumerable<string> lines) => string.Join("\n", lines);

    /// <summary>Writes how a call is told the lengths of its sequences.</summary>
    public void WriteArrangement(CodeWriter code, FeedBatch batch)
    {
        foreach (AxisPlan axis in plan.Axes)
        {
            // A row of what is made of the targets for each of them.
            InputFace input = plan.Inputs.First(input => input.Axis == axis);
            string name = _inputs.Contains(input) ? input.Name : plan.Heads[0].Targets;
            code.Line($"call.Arrange({input.Index}, {name}.Length, {batch.Argument(axis)}, nameof({name}), order);");
        }
    }

    /// <summary>Writes how a call is given its inputs.</summary>
    public void WriteInputs(CodeWriter code)
    {
        foreach (InputFace input in _inputs)
        {
            code.Line($"call.Write({input.Index}, {input.Name}, nameof({input.Name}));");
        }
    }

    // From inside the trainer, too.
    private string CrossReference =>
        DeclarationEmitter.Self(plan.Spec).Replace('<', '{').Replace('>', '}') + ".Batch";

    private string Lengths(AxisPlan axis) => plan.HasOneAxis ? "lengths" : axis.Name + "Lengths";

    private static string Parameter(string name, string number) => $"{RuntimeTypes.ReadOnlySpan(number)} {name}";
}

/// <summary>How a call says how long its sequences are.</summary>
/// <param name="Kind">What is run, in words.</param>
/// <param name="Argument">What it passes on for an axis.</param>
/// <param name="Meaning">What documentation says of the parameters.</param>
internal sealed record FeedBatch(string Kind, string[] Parameters, Func<AxisPlan, string> Argument, string Meaning)
{
    public required bool HasLengths { get; init; }
}
