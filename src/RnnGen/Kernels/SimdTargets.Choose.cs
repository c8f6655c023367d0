namespace RnnGen.Kernels;

// Which of the targets that a model was compiled for it runs on.
public static partial class SimdTargets
{
    private const string Property = "RnnGenTargets, a property of the project that declares it";

    /// <summary>
    /// The target that a model runs on: the one asked for, or else the widest up to <see cref="Best"/> that it was
    /// compiled for. Without any vectors in the processor that is <see cref="SimdTarget.Vector128"/> where there is no
    /// <see cref="SimdTarget.Scalar"/>: .NET then computes vectors in software, many times slower.
    /// </summary>
    /// <param name="asked">The target asked for; null for the best.</param>
    /// <param name="model">The model's name, for messages.</param>
    /// <param name="compiled">What the model was compiled for: one target or more.</param>
    /// <exception cref="PlatformNotSupportedException">The processor does not have the instructions.</exception>
    /// <exception cref="NotSupportedException">The model was compiled without them.</exception>
    public static SimdTarget Choose(SimdTarget? asked, string model, ReadOnlySpan<SimdTarget> compiled) =>
        Choose(asked, model, compiled, Best, Widest());

    /// <summary>The same on a processor of which this is the widest target.</summary>
    internal static SimdTarget Choose(
        SimdTarget? asked, string model, ReadOnlySpan<SimdTarget> compiled, SimdTarget best, SimdTarget widest)
    {
        bool inSoftware = widest == SimdTarget.Scalar && !compiled.Contains(SimdTarget.Scalar);
        SimdTarget most = inSoftware ? SimdTarget.Vector128 : widest;
        if (asked is { } target)
        {
            return target > most || !Enum.IsDefined(target)
                ? throw new PlatformNotSupportedException($"This processor cannot run {target}.")
                : compiled.Contains(target) ? target
                : throw new NotSupportedException($"{model} was compiled for {Names(compiled)}, not for {target}: "
                    + $"name {target} in {Property}.");
        }

        if (WidestUpTo(inSoftware ? most : best, compiled) is { } chosen)
        {
            return chosen;
        }

        throw WidestUpTo(most, compiled) is null
            ? new PlatformNotSupportedException($"{model} was compiled for {Names(compiled)}, and this processor has "
                + $"{most} at most: name {nameof(SimdTarget.Vector128)}, which runs anywhere, in {Property}.")
            : new NotSupportedException($"{model} was compiled for {Names(compiled)}, and the environment variable "
                + $"{Variable} allows {best} at most: name {best} in {Property}, or do not set the variable.");
    }

    private static SimdTarget? WidestUpTo(SimdTarget most, ReadOnlySpan<SimdTarget> compiled)
    {
        SimdTarget? widest = null;
        foreach (SimdTarget target in compiled)
        {
            widest = target <= most && target >= (widest ?? target) ? target : widest;
        }

        return widest;
    }

    private static string Names(ReadOnlySpan<SimdTarget> targets) => string.Join(", ", targets.ToArray());
}
