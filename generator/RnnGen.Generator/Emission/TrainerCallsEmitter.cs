namespace RnnGen.Generator.Emission;

/// <summary>
/// Emits a trainer's calls for data of other types than its base class has, where a model has no loss or a wrong one:
/// code that is written for the right one then has no error of its own.
/// </summary>
internal static class TrainerCallsEmitter
{
    private const string Span = "global::System.ReadOnlySpan";
    private const string Reports = "global::RnnGen.TrainingProgress";

    /// <param name="data">Types of inputs and targets.</param>
    /// <param name="number">The model's numbers, <c>float</c> or <c>double</c>.</param>
    /// <param name="refusal">The exception to throw, as an expression.</param>
    public static void Emit(
        CodeWriter code, IEnumerable<(string Input, string Target)> data, string number, string refusal)
    {
        foreach ((string input, string target) in data)
        {
            foreach (string call in new[] { "Step", "Evaluate", "ComputeGradients" })
            {
                foreach (string lengths in new[] { $"{Span}<int> lengths", "int sequences" })
                {
                    string[] parameters = [$"{Span}<{input}> inputs", $"{Span}<{target}> targets", lengths];
                    string states = $"global::RnnGen.RecurrentStates<{number}>?";
                    foreach (string[] given in Further(states))
                    {
                        code.Summary("Throws.");
                        code.List($"public {number} {call}(", [.. parameters, .. given], ") =>");
                        code.Line($"    throw {refusal};\n");
                    }
                }
            }

            string pairs = $"global::RnnGen.SequenceData<{input}, {target}>";
            code.Summary("Throws.");
            code.List(
                "public global::RnnGen.TrainingReport Fit(",
                [
                    $"{pairs} data", "int epochs", $"{pairs}? validation = null",
                    $"global::System.IProgress<{Reports}>? progress = null",
                    "global::System.Threading.CancellationToken cancellationToken = default",
                ],
                ") =>");
            code.Line($"    throw {refusal};\n");
        }
    }

    // What stands behind the batch.
    private static string[][] Further(string states) =>
    [
        [], [$"{states} initial", $"{states} final"],
        ["global::RnnGen.SequenceOrder order", $"{states} initial = null", $"{states} final = null"],
    ];
}
