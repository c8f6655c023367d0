using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Face;

/// <summary>Emits a model's trainer, and the member that makes it.</summary>
internal sealed class TrainerEmitter(FacePlan plan, FaceWriter face)
{
    private const string Untrained = "/// <summary>Not for this model: it has no loss.</summary>";

    private const string SeveralHeads = """
        /// <summary>
        /// Trains the model. Each head has targets of its own; the loss is the sum of their mean losses, each times
        /// its weight.
        /// </summary>
        """;

    private readonly string _number = plan.Number;

    private string Untrainable => $"{plan.Spec.Name} cannot be trained: it has no loss.";

    private string Refusal => $"throw new global::System.NotSupportedException(\n        \"{Untrainable}\")";

    public void Emit()
    {
        EmitCreateTrainer();
        if (plan.HasSeveralFeeds)
        {
            EmitType(SeveralHeads, RuntimeTypes.Trainer(_number), EmitFeedCalls);
            return;
        }

        string types = $"{_number}, {TypeOf(plan.Inputs[0].HasIndices)}, {TypeOf(plan.Heads[0].HasClassTargets)}";
        EmitType(
            $"/// <summary>Trains the model: inputs are <c>{plan.Inputs[0].Shape}</c>,"
                + $" targets <c>{plan.Heads[0].TargetShape}</c>.</summary>",
            $"global::RnnGen.Training.SequenceTrainer<{types}>", EmitCallsOfOtherData);
    }

    private string TypeOf(bool hasIndices) => hasIndices ? "int" : _number;

    private void EmitCreateTrainer()
    {
        string trainer = face.TypeName("Trainer");
        var signature = Signature.Method(
            $"public {trainer}", "CreateTrainer", $"{RuntimeTypes.TrainingOptions}? options = null");
        if (plan.MissingLoss is { } missing)
        {
            EmitNoCreateTrainer(signature, missing);
            return;
        }

        face.Member(
            signature,
            """
            /// <summary>Makes a trainer of this model; it changes the model's weights.</summary>
            /// <param name="options">Optimizer, clipping, threads; null for the defaults.</param>
            """,
            Body.Below($"new(_runtime, options ?? new {RuntimeTypes.TrainingOptions}())"));
    }

    // It stands there all the same: code that calls it has this one error, which says why.
    private void EmitNoCreateTrainer(Signature signature, MissingLoss missing)
    {
        string Reason(string indentation) =>
            $"\"{Untrainable} \"\n{indentation}+ \"Write {missing.Advice}.\"";
        face.Member(
            signature.WithAttribute($"[global::System.Obsolete(\n    {Reason("        ")}, error: true)]"),
            Untrained,
            Body.Below($"throw new global::System.NotSupportedException(\n        {Reason("            ")})"));
    }

    private void EmitType(string documentation, string baseType, Action members) => face.Type(
        "Trainer", plan.MissingLoss is null ? documentation : Untrained, baseType,
        [(RuntimeTypes.Runtime(_number), "model"), (RuntimeTypes.TrainingOptions, "options")], members);

    private void EmitFeedCalls()
    {
        Body? refusal = plan.MissingLoss is null ? null : Body.Below(Refusal);
        foreach (FacePlan choice in plan.ForEachData)
        {
            new FeedTrainerEmitter(choice, face).Emit(refusal);
        }
    }

    // What the data are is a guess where the loss, or the input, is missing or wrong: code that is written for the
    // right one must have no second error.
    private void EmitCallsOfOtherData()
    {
        foreach (FacePlan choice in plan.ForEachData.Skip(1))
        {
            string input = TypeOf(choice.Inputs[0].HasIndices);
            string target = TypeOf(choice.Heads[0].HasClassTargets);
            new TrainerCallsEmitter(face, _number, input, target).Emit(Refusal);
        }
    }
}
