using System.Collections.Immutable;
using System.Reflection;

namespace RnnGen.Generator.Tests.Harness;

/// <summary>The names of the pipeline's steps.</summary>
internal static class TrackedSteps
{
    /// <summary>Steps that run once for each model.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        .. typeof(TrackingNames).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => field is { IsLiteral: true, Name: not nameof(TrackingNames.Alike) })
            .Select(field => (string)field.GetRawConstantValue()!),
    ];
}
