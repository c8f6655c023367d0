using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Face;

/// <summary>Emits how a model of several inputs or heads runs whole sequences.</summary>
internal sealed class FeedRunsEmitter(FacePlan plan, FaceWriter face)
{
    private readonly string _number = plan.Number;
    private readonly FeedText _text = new(plan);
    private readonly string _outputNames = string.Join(", ", plan.Heads.Select(head => head.Outputs));

    private string[] Outputs => [.. plan.Heads.Select(head => $"{RuntimeTypes.Span(_number)} {head.Outputs}")];

    public void Emit()
    {
        EmitOfOne();
        foreach (FeedBatch batch in _text.Batches)
        {
            EmitOfBatch(batch);
        }

        face.Private(EmitCall);
    }

    private void EmitOfOne()
    {
        string what = plan.HasOneAxis ? "sequence" : "pair of sequences";
        face.Member(
            Forward([.. _text.InputParameters, .. Outputs]),
            FeedText.Lines([
                $"/// <summary>Runs one {what}. Any number of threads may do so at the same time.</summary>",
                .. plan.Inputs.Select(
                    input => $"/// <param name=\"{input.Name}\"><c>{input.SequenceShape}</c>.</param>"),
                .. plan.Heads.Select(
                    head => $"/// <param name=\"{head.Outputs}\">Receives <c>{head.SequenceShape}</c>.</param>"),
                Exception,
            ]),
            Body.Below($"Forward({_text.InputNames}, sequences: 1, {_outputNames})"));
    }

    private void EmitOfBatch(FeedBatch batch) => face.Member(
        Forward([
            .. _text.InputParameters, .. batch.Parameters, .. Outputs, .. _text.OptionalParameters,
            .. plan.Attends ? [$"{Attention} = default"] : Array.Empty<string>(),
        ]),
        FeedText.Lines([
            $"/// <summary>Runs {batch.Kind}. Any number of threads may do so at the same time.</summary>",
            _text.InputMeanings,
            batch.Meaning,
            .. plan.Heads.Select(head => OutputMeaning(head, batch)),
            FeedText.OptionalMeanings($"null for {plan.MissingStates}"),
            .. plan.Attends ? [AttentionMeaning] : Array.Empty<string>(),
            Exception,
        ]),
        Body.Block(code =>
        {
            code.Line($"using global::RnnGen.Training.ForwardCall<{_number}> call = _runtime.Begin();");
            _text.WriteArrangement(code, batch);
            string attention = plan.Attends ? ", attention" : "";
            code.Line($"Forward(call, {_text.InputNames}, {_outputNames}, initial, final{attention});");
        }));

    // What all of them do in the end.
    private void EmitCall(CodeWriter code)
    {
        Signature signature = Signature.Method(
            "private static void", "Forward",
            [
                $"in global::RnnGen.Training.ForwardCall<{_number}> call", .. _text.InputParameters, .. Outputs,
                _text.StateParameters, .. plan.Attends ? [Attention] : Array.Empty<string>(),
            ]).Filled();
        Body.Block(_ =>
        {
            for (int i = 0; i < plan.Heads.Count; i++)
            {
                code.Line($"call.Expect({i}, {plan.Heads[i].Outputs}.Length, nameof({plan.Heads[i].Outputs}));");
            }

            if (plan.Attends)
            {
                code.Line("call.ExpectAttention(attention.Length, nameof(attention));");
            }

            _text.WriteInputs(code);
            code.Line("call.Run(initial, final);");
            for (int i = 0; i < plan.Heads.Count; i++)
            {
                code.Line($"call.Read({i}, {plan.Heads[i].Outputs});");
            }

            if (plan.Attends)
            {
                code.Line("call.ReadAttention(attention);");
            }
        }).Write(code, signature);
    }

    private static string OutputMeaning(HeadFace head, FeedBatch batch)
    {
        string zeros = head.IsPerStep && batch.HasLengths ? ", zeros behind a sequence's end" : "";
        return $"/// <param name=\"{head.Outputs}\">Receives <c>{head.Shape}</c>{zeros}.</param>";
    }

    private const string AttentionMeaning = """
        /// <param name="attention">
        /// Receives of each pair of sequences what each step of the target attended to, a matrix for each attention
        /// layer; empty for nothing.
        /// </param>
        """;

    private static string Attention => $"{RuntimeTypes.Span(RuntimeTypes.Attention)} attention";

    private static string Exception => FeedText.Exception("nothing was written");

    private static Signature Forward(string[] parameters) =>
        Signature.Method("public void", "Forward", parameters).Filled();
}
