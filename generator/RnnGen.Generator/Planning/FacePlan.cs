using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// What users see of a model: all that its public members are made of. A model that rules have refused has one, too,
/// as far as its declaration tells; what it does not tell is <em>doubtful</em>, and seen both ways.
/// </summary>
internal sealed record FacePlan
{
    // A face of every mistake at once would be longer than any model; beyond this the likely choice must do.
    private const int MostDoubts = 3;

    public required ModelSpec Spec { get; init; }

    /// <summary>The ways through time, 1 or 2.</summary>
    public required EquatableArray<AxisPlan> Axes { get; init; }

    /// <summary>What the model reads, one or more along each axis.</summary>
    public required EquatableArray<InputFace> Inputs { get; init; }

    /// <summary>What the model gives: 1 or more.</summary>
    public required EquatableArray<HeadFace> Heads { get; init; }

    /// <summary>The most sequences that a batch holds.</summary>
    public required int Batch { get; init; }

    public required int ParameterCount { get; init; }

    /// <summary>It can be moved on by single steps.</summary>
    public required bool Streams { get; init; }

    /// <summary>Its states can be carried from batch to batch.</summary>
    public required bool CarriesStates { get; init; }

    /// <summary>Which layers have learned what sequences start from.</summary>
    public required StateLearning LearnedStates { get; init; }

    /// <summary>Some layer gives weights of what it attends to.</summary>
    public required bool Attends { get; init; }

    /// <summary>It finds target sequences for sources.</summary>
    public bool Decodes => Spec.Decodes;

    /// <summary>What is in states that nobody has set.</summary>
    public string NewStates => LearnedStates switch
    {
        StateLearning.All => "as learned",
        StateLearning.Some => "zeros, or as learned",
        _ => "all zeros",
    };

    /// <summary>What stands for states that are not given.</summary>
    public string MissingStates => LearnedStates switch
    {
        StateLearning.All => "the learned ones",
        StateLearning.Some => "zeros or learned ones",
        _ => "zeros",
    };

    /// <summary>Why it cannot be trained; null where it can.</summary>
    public required MissingLoss? MissingLoss { get; init; }

    public string Number => Spec.Precision == Precision.Double ? "double" : "float";

    public bool HasOneAxis => Axes.Count == 1;

    /// <summary>Inputs and outputs have names of their own, and a call says all of them.</summary>
    public bool HasSeveralFeeds => Axes.Count > 1 || Heads.Count > 1;

    /// <summary>The same for each choice of doubtful inputs, the likely one first.</summary>
    public IEnumerable<FacePlan> ForEachInput =>
        Choices(Inputs, input => input.IsDoubtful, input => input with { HasIndices = !input.HasIndices })
            .Select(inputs => this with { Inputs = inputs });

    /// <summary>The same for each choice of all that is doubtful, the likely one first.</summary>
    public IEnumerable<FacePlan> ForEachData => ForEachInput.SelectMany(
        face => Choices(
            face.Heads, head => head.IsDoubtful, head => head with { HasClassTargets = !head.HasClassTargets }),
        (face, heads) => face with { Heads = heads });

    public static FacePlan Of(ModelPlan model)
    {
        TargetPlan plan = model.Targets[0];
        return new FacePlan
        {
            Spec = model.Spec,
            Axes = plan.Axes,
            Inputs = plan.Feeds.Where(feed => !feed.IsTarget).Select(InputFace.Of).ToEquatableArray(),
            Heads = HeadFace.Of(plan.Heads.Select(head => new HeadFace(head.Name, head.Rows.Size)
            {
                IsPerStep = head.Rows.Kind == RowKind.PerStep,
                HasClassTargets = head.Target?.HasIndices ?? model.MissingLoss?.HasClassTargets ?? false,
                Target = head.Target?.Index ?? -1,

                // Which loss is meant is a guess.
                IsDoubtful = head.Target is null,
            })),
            Batch = plan.Batch,
            ParameterCount = model.ParameterCount,
            Streams = plan.Streams,
            CarriesStates = plan.States.Any(state => state.Stream is not null),
            Attends = plan.Attentions.Count > 0,
            LearnedStates = StateLearningOf(plan.States.Select(state => state.Learned is not null)),
            MissingLoss = model.MissingLoss,
        };
    }

    /// <summary>How many of a model's states are learned, by each of them, or of each layer that has some.</summary>
    public static StateLearning StateLearningOf(IEnumerable<bool> areLearned)
    {
        bool[] all = [.. areLearned];
        return !all.Contains(true) ? StateLearning.None : all.Contains(false) ? StateLearning.Some : StateLearning.All;
    }

    // Each doubt doubles the choices.
    private static IEnumerable<EquatableArray<T>> Choices<T>(
        EquatableArray<T> items, Func<T, bool> isDoubtful, Func<T, T> other)
        where T : IEquatable<T>
    {
        List<T[]> choices = [[.. items]];
        int[] doubts = [.. Enumerable.Range(0, items.Count).Where(i => isDoubtful(items[i])).Take(MostDoubts)];
        foreach (int doubt in doubts)
        {
            choices.AddRange([.. choices.Select(
                choice => choice.Select((item, i) => i == doubt ? other(item) : item).ToArray())]);
        }

        return choices.Select(choice => choice.ToEquatableArray());
    }
}

/// <summary>How many of a model's states are learned.</summary>
internal enum StateLearning
{
    None,
    Some,
    All,
}
