using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Face;

/// <summary>Emits the calls of the trainer of a model of several inputs or heads: targets for every head.</summary>
internal sealed class FeedTrainerEmitter(FacePlan plan, FaceWriter face)
{
    private readonly string _call = $"global::RnnGen.Training.TrainerCall<{plan.Number}>";
    private readonly FeedText _text = new(plan);

    /// <param name="refusal">What they do where the model cannot be trained; null where it can.</param>
    public void Emit(Body? refusal)
    {
        Emit(
            "Step",
            """
            /// Trains on one batch: forward, losses, backward, clipping, update. Whatever it throws, weights, moments
            /// and states are then as before it.
            """, refusal);
        Emit("Evaluate", "/// The loss of one batch, without dropout; weights stay as they are.", refusal);
        Emit(
            "ComputeGradients",
            """
            /// Loss and gradients of one batch as a step would do them next, without changing weights:
            /// <c>Gradient</c> tells them.
            """, refusal);
        if (refusal is null)
        {
            face.Private(EmitWrite);
        }
    }

    private void Emit(string name, string summary, Body? refusal)
    {
        foreach (FeedBatch batch in _text.Batches)
        {
            face.Member(
                Signature.Method(
                    $"public {plan.Number}", name,
                    [
                        .. _text.InputParameters, .. _text.TargetParameters, .. batch.Parameters,
                        .. _text.OptionalParameters,
                    ]).Filled(),
                refusal is null ? Documentation(summary, batch) : TrainerCallsEmitter.Throws,
                refusal ?? Call(name, batch));
        }
    }

    private string Documentation(string summary, FeedBatch batch) => FeedText.Lines([
        "/// <summary>",
        summary,
        "/// </summary>",
        _text.InputMeanings,
        .. plan.Heads.Select(
            head => $"/// <param name=\"{head.Targets}\"><c>{head.TargetShape}</c>.</param>"),
        batch.Meaning,
        FeedText.OptionalMeanings(
            $"null for {plan.MissingStates}{(plan.CarriesStates ? ", or for what is carried" : "")}"),
        "/// <returns>The loss: of each head the mean over its output rows times its weight.</returns>",
        FeedText.Exception("or a number is not finite; nothing was changed"),
    ]);

    private Body Call(string name, FeedBatch batch) => Body.Block(code =>
    {
        code.Line($"using {_call} call = Begin(nameof({name}));");
        _text.WriteArrangement(code, batch);
        string targets = string.Join(", ", plan.Heads.Select(head => head.Targets));
        code.Line($"Write(call, {_text.InputNames}, {targets});");
        code.Line($"return call.{name}(initial, final);");
    });

    private void EmitWrite(CodeWriter code)
    {
        string[] parameters = [$"in {_call} call", .. _text.InputParameters, .. _text.TargetParameters];
        Signature signature = Signature.Method("private static void", "Write", parameters).Filled();
        Body.Block(_ =>
        {
            _text.WriteInputs(code);
            foreach (HeadFace head in plan.Heads)
            {
                code.Line($"call.Write({head.Target}, {head.Targets}, nameof({head.Targets}));");
            }
        }).Write(code, signature);
    }
}
