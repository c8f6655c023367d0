using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Face;

/// <summary>
/// Emits the public face of a model: the members that the generator adds to the user's class. They stand here and in
/// the emitters called from here, once for models that run and for those that rules have refused.
/// </summary>
internal sealed class FaceEmitter(FacePlan plan, FaceWriter face)
{
    /// <param name="table">The lines of the model's summary; none for a model that does not run.</param>
    public void Emit(string[] table)
    {
        EmitConstants(table);
        new ConstructionEmitter(plan, face).Emit();
        new WeightMembersEmitter(plan, face).Emit();
        foreach (FacePlan choice in plan.ForEachInput)
        {
            if (plan.HasSeveralFeeds)
            {
                new FeedRunsEmitter(choice, face).Emit();
            }
            else
            {
                new SequenceRunsEmitter(choice, face).Emit();
            }
        }

        foreach (FacePlan choice in plan.Decodes ? plan.ForEachInput : [])
        {
            new DecodeEmitter(choice, face).Emit();
        }

        EmitCreateStates();
        if (plan.HasOneAxis)
        {
            new StreamEmitter(plan, face).Emit();
        }

        new TrainerEmitter(plan, face).Emit();
    }

    private void EmitConstants(string[] table)
    {
        if (plan.HasOneAxis)
        {
            face.Constant(
                "Steps of the longest sequence, or window, that a batch holds.", "Steps", plan.Axes[0].Steps);
        }

        face.Constant("The most sequences that a batch holds.", "Batch", plan.Batch);
        foreach (AxisPlan axis in plan.HasOneAxis ? [] : plan.Axes)
        {
            face.Constant(
                $"Steps of the longest {axis.Name} sequence that a batch holds.",
                $"{CellNames.Capitalized(axis.Name)}Steps", axis.Steps);
        }

        foreach (InputFace input in plan.Inputs)
        {
            EmitSizes(input);
        }

        if (plan.Decodes)
        {
            face.Constant("The token that the decoder reads first.", "Start", plan.Spec.Start);
            face.Constant("The token that all targets end in.", "End", plan.Spec.End);
        }

        foreach (HeadFace head in plan.Heads)
        {
            string of = plan.Heads.Count > 1 ? $", of the head {head.Name}" : "";
            face.Constant(
                $"Outputs of each {(head.IsPerStep ? "step" : "sequence")}{of}.", head.SizeName, head.Size);
        }

        face.Constant("Trained numbers.", "ParameterCount", plan.ParameterCount);
        string lines = string.Concat(table.Select(line => "    " + line.TrimEnd() + "\n"));
        face.Member(
            Signature.Property("public static string", "Summary"),
            "/// <summary>Layers, shapes, parameters, floating-point operations and bytes, as a table.</summary>",
            Body.Inline($"\"\"\"\n{lines}    \"\"\""));
    }

    private void EmitSizes(InputFace input)
    {
        string of = plan.HasOneAxis ? "" : CellNames.Capitalized(input.Name);
        if (input.HasIndices || input.IsDoubtful)
        {
            face.Constant(
                plan.HasOneAxis ? "Number of tokens: inputs are from 0 to this less one."
                    : $"Number of {input.Name} tokens: they are from 0 to this less one.",
                $"{of}Vocabulary", input.Vocabulary);
        }

        if (!input.HasIndices || input.IsDoubtful)
        {
            face.Constant(
                $"Numbers in one step of the {(plan.HasOneAxis ? "input" : input.Name)}.",
                plan.HasOneAxis ? "InputSize" : $"{of}Size", input.Width);
        }
    }

    private void EmitCreateStates()
    {
        string made = $"Makes the states of some sequences, {plan.NewStates}";
        face.Member(
            Signature.Method($"public {RuntimeTypes.States(plan.Number)}", "CreateStates", "int sequences"),
            $"""
            /// <summary>
            /// {made}: what <c>Forward</c> and a trainer start from and end in.
            /// </summary>
            /// <param name="sequences">B, the number of sequences: from 1 to <see cref="Batch"/>.</param>
            """,
            Body.Below("_runtime.CreateStates(sequences)"));
    }
}
