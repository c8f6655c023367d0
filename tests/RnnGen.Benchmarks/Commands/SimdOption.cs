using System.CommandLine;
using System.CommandLine.Parsing;
using RnnGen.Kernels;

namespace RnnGen.Benchmarks.Commands;

/// <summary><c>--simd</c>: the instructions that a command is held to.</summary>
internal static class SimdOption
{
    private const string Name = "--simd";

    private static readonly SimdTarget[] All = Enum.GetValues<SimdTarget>();

    public static Option<SimdTarget?> Create() => new(Name)
    {
        Description = $"The instructions that RnnGen, the JIT and libtorch are held to: {Spelled(All)}",
        HelpName = "TARGET",
        CustomParser = Parse,
    };

    private static SimdTarget? Parse(ArgumentResult result)
    {
        string given = result.Tokens[^1].Value;
        SimdTarget[] named = [.. All.Where(target => given.Equals($"{target}", StringComparison.OrdinalIgnoreCase))];
        if (named is not [SimdTarget found])
        {
            result.AddError($"{Name} is '{given}'; it must be one of {Spelled(All)}.");
            return null;
        }

        if (!SimdTargets.IsSupported(found))
        {
            result.AddError(
                $"{Name} is {Spelled(named)}; this processor, as far as the environment lets the runtime use it, has "
                + $"{Spelled(All.Where(SimdTargets.IsSupported))}.");
        }

        return found;
    }

    private static string Spelled(IEnumerable<SimdTarget> targets) => string.Join(", ", targets).ToLowerInvariant();
}
