using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Rows that a model gives, as its users see them.</summary>
/// <param name="Size">Numbers of a row.</param>
internal sealed record HeadFace(string Name, int Size)
{
    /// <summary>What members begin with that are called after the head; empty where it is the only one.</summary>
    public string Identifier { get; private init; } = "";

    /// <summary>There is a row for each step, and not for each sequence.</summary>
    public required bool IsPerStep { get; init; }

    /// <summary>Targets are classes, not values.</summary>
    public required bool HasClassTargets { get; init; }

    /// <summary>The place of its targets among the feeds; -1 where there are none.</summary>
    public int Target { get; init; } = -1;

    /// <summary>Classes or values: the declaration does not tell.</summary>
    public bool IsDoubtful { get; init; }

    /// <summary>The constant that tells how many numbers it gives.</summary>
    public string SizeName => $"{Identifier}OutputSize";

    /// <summary>The parameter that receives them.</summary>
    public string Outputs => Lower(Identifier + "Outputs");

    /// <summary>The parameter that its loss compares them with.</summary>
    public string Targets => Lower(Identifier + "Targets");

    /// <summary>The shape of a batch of its outputs.</summary>
    public string Shape => IsPerStep ? $"[T, B, {Size}]" : $"[B, {Size}]";

    /// <summary>The shape of one sequence of its outputs.</summary>
    public string SequenceShape => IsPerStep ? $"[T, {Size}]" : $"[{Size}]";

    public string TargetShape => !HasClassTargets ? Shape : IsPerStep ? "[T, B]" : "[B]";

    /// <summary>Heads with the identifiers that they have beside each other.</summary>
    public static EquatableArray<HeadFace> Of(IEnumerable<HeadFace> heads)
    {
        HeadFace[] all = [.. heads];
        var names = new HashSet<string>();
        return all.Length == 1 ? new(all) : all
            .Select(head => head with { Identifier = ArenaBuilder.Unique(names, PlanBuilder.Identifier(head.Name)) })
            .ToEquatableArray();
    }

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
