namespace RnnGen.Generator.Model;

/// <summary>Something that a rule has against a model. Names the thing, not its position.</summary>
/// <param name="Id">The rule's number, such as <c>RNN1008</c>.</param>
/// <param name="Index">Which containing type, layer or member.</param>
/// <param name="Argument">Which argument of the attribute; null for the whole.</param>
/// <param name="Details">What fills the gaps of the rule's message.</param>
internal sealed record Finding(
    string Id, Subject Subject, int Index, string? Argument, EquatableArray<string> Details)
{
    /// <summary>
    /// The loss in whose place another may be meant, so that it is not known what the targets are; null where the
    /// finding leaves no doubt.
    /// </summary>
    public int? DoubtfulLoss { get; init; }

    /// <summary>The same, leaving this layer's loss in doubt.</summary>
    public Finding Doubting(int loss) => this with { DoubtfulLoss = loss };
}

/// <summary>What of a declaration a finding is about.</summary>
internal enum Subject
{
    /// <summary>The class, by its name.</summary>
    Class,

    /// <summary>A containing type, by its name.</summary>
    ContainingType,

    /// <summary>The <c>[SequenceModel]</c> attribute.</summary>
    Model,

    /// <summary>A layer's attribute.</summary>
    Layer,

    /// <summary>A member of the class's own, by its name.</summary>
    Member,
}

/// <summary>A model and what the rules have found; nothing, if it is sound.</summary>
internal sealed record CheckedModel(ModelSpec Spec, EquatableArray<Finding> Findings)
{
    /// <summary>Neither a rule nor the compiler has anything against the declaration.</summary>
    public bool IsSound => Findings.Count == 0
        && Spec is
        {
            HasReadableAttributes: true,
            IsPartial: true,
            Declaration: { Keyword: "class", BaseNeedsArguments: false },
        };
}
