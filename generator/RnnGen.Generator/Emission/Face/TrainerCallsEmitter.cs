namespace RnnGen.Generator.Emission.Face;

/// <summary>
/// Emits a trainer's calls for data of other types than its base class has, where a model has no loss or a wrong one:
/// code that is written for the right one then has no error of its own.
/// </summary>
/// <param name="number">The model's numbers, <c>float</c> or <c>double</c>.</param>
/// <param name="input">What inputs are made of.</param>
/// <param name="target">What targets are made of.</param>
internal sealed class TrainerCallsEmitter(FaceWriter face, string number, string input, string target)
{
    /// <summary>The documentation of a call that cannot be.</summary>
    public const string Throws = "/// <summary>Throws.</summary>";

    /// <param name="refusal">What all of them do, as an expression.</param>
    public void Emit(string refusal)
    {
        foreach (string call in new[] { "Step", "Evaluate", "ComputeGradients" })
        {
            foreach (string lengths in new[] { $"{RuntimeTypes.ReadOnlySpan("int")} lengths", "int sequences" })
            {
                foreach (string[] further in Further)
                {
                    Emit($"public {number}", call, refusal, [
                        $"{RuntimeTypes.ReadOnlySpan(input)} inputs", $"{RuntimeTypes.ReadOnlySpan(target)} targets",
                        lengths, .. further]);
                }
            }
        }

        string pairs = $"global::RnnGen.SequenceData<{input}, {target}>";
        Emit("public global::RnnGen.TrainingReport", "Fit", refusal, [
            $"{pairs} data", "int epochs", $"{pairs}? validation = null",
            "global::System.IProgress<global::RnnGen.TrainingProgress>? progress = null",
            "global::System.Threading.CancellationToken cancellationToken = default"]);
        face.Gap();
    }

    // What stands behind the batch.
    private string[][] Further
    {
        get
        {
            string states = RuntimeTypes.States(number) + "?";
            return
            [
                [], [$"{states} initial", $"{states} final"],
                [$"{RuntimeTypes.Order} order", $"{states} initial = null", $"{states} final = null"],
            ];
        }
    }

    private void Emit(string head, string name, string refusal, string[] parameters) => face.Member(
        Signature.Method(head, name, parameters).Filled(), Throws, Body.Below(refusal));
}
