namespace RnnGen.Generator.Emission.Face;

/// <summary>The runtime's types, and .NET's, as public members name them in any surroundings.</summary>
internal static class RuntimeTypes
{
    public const string Target = "global::RnnGen.Kernels.SimdTarget";
    public const string OptionalTarget = Target + "?";
    public const string LoadOptions = "global::RnnGen.LoadOptions";
    public const string Order = "global::RnnGen.SequenceOrder";
    public const string Stream = "global::System.IO.Stream";
    public const string TensorMaps =
        "global::System.Collections.Immutable.ImmutableArray<global::RnnGen.Weights.TensorMap>";

    public const string Attention =
        "global::System.Collections.Immutable.ImmutableArray<global::RnnGen.AttentionMatrix>";

    public const string TrainingOptions = "global::RnnGen.TrainingOptions";

    public static string Span(string number) => $"global::System.Span<{number}>";

    public static string ReadOnlySpan(string number) => $"global::System.ReadOnlySpan<{number}>";

    public static string States(string number) => $"global::RnnGen.RecurrentStates<{number}>";

    public static string Runtime(string number) => $"global::RnnGen.Training.ModelRuntime<{number}>";

    public static string StreamState(string number) => $"global::RnnGen.Training.StreamState<{number}>";

    public static string Trainer(string number) => $"global::RnnGen.Training.ModelTrainer<{number}>";
}
