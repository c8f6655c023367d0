using RnnGen.Kernels;

namespace RnnGen.Numerics.Tests.Stacks;

/// <summary>Models with each score, above and below recurrent layers.</summary>
internal static class AttentiveCatalog
{
    /// <summary>All, by their names.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = new[]
    {
        typeof(DotBefore), typeof(DotAfter), typeof(DotFed), typeof(ScaledDotBefore), typeof(ScaledDotAfter),
        typeof(ScaledDotFed), typeof(GeneralBefore), typeof(GeneralAfter), typeof(GeneralFed),
        typeof(AdditiveBefore), typeof(AdditiveFed), typeof(Gnmt), typeof(DenseAround), typeof(DenseFed),
        typeof(ProjectedAround), typeof(ContextBelow), typeof(TwoOfPeepholes), typeof(TwoOfTanh), typeof(TwoOfMany),
        typeof(ResidualTokens),
    }.ToDictionary(type => type.Name);

    /// <summary>One of them, new.</summary>
    public static Attentive Create(
        string name, ulong seed, SimdTarget? target, TrainingOptions? options = null) =>
        Attentive.Create(All[name], seed, target, options);
}
