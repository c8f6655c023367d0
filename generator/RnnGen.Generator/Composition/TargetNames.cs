using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Composition;

/// <summary>What a project may write to choose its SIMD targets.</summary>
internal static class TargetNames
{
    /// <summary>The names, from the narrowest target to the widest.</summary>
    public static IEnumerable<string> Known => SimdTarget.All.Select(target => target.Name).Reverse();

    /// <summary>What a project has written and is no name.</summary>
    public static IEnumerable<string> Unknown(EquatableArray<string> names) =>
        names.Where(name => !SimdTarget.IsName(name));
}
