namespace RnnGen.Generator.Planning;

/// <summary>What a model reads along an axis, as its users see it.</summary>
/// <param name="Index">Its place among the feeds.</param>
/// <param name="Name">What parameters and constants are called after.</param>
internal sealed record InputFace(int Index, string Name, AxisPlan Axis)
{
    /// <summary>It is tokens, not numbers.</summary>
    public required bool HasIndices { get; init; }

    /// <summary>How many tokens there are, if it is tokens.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Numbers of a step, if it is numbers.</summary>
    public required int Width { get; init; }

    /// <summary>Tokens or numbers: the declaration does not tell.</summary>
    public bool IsDoubtful { get; init; }

    /// <summary>Training makes it of the targets.</summary>
    public bool IsShifted { get; init; }

    /// <summary>The shape of a batch of it.</summary>
    public string Shape => HasIndices ? "[T, B]" : $"[T, B, {Width}]";

    /// <summary>The shape of one sequence of it.</summary>
    public string SequenceShape => HasIndices ? "[T]" : $"[T, {Width}]";

    public static InputFace Of(FeedPlan feed) => new(feed.Index, feed.Name, feed.Axis)
    {
        HasIndices = feed.HasIndices,
        Vocabulary = feed.Indices,
        Width = feed.Width,
        IsShifted = feed.StartToken is not null,
    };
}
