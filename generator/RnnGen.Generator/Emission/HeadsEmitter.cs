using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits what differs in models of several heads: each has outputs, targets and a loss of its own.</summary>
internal sealed class HeadsEmitter(ModelPlan model, CodeWriter code)
{
    private const string Span = "global::System.Span";
    private const string ReadOnlySpan = "global::System.ReadOnlySpan";

    private static readonly (string Meaning, string Parameter, string Argument, string Text)[] Batches =
    [
        (
            "sequences of equal length", "int sequences", "sequences",
            "/// <param name=\"sequences\">B, the number of sequences: from 1 to <see cref=\"Batch\"/>.</param>"),
        (
            "sequences of any lengths", ReadOnlySpan + "<int> lengths", "lengths",
            "/// <param name=\"lengths\">Steps of each sequence, in any order: B of them, from 1 to"
                + " <see cref=\"Batch\"/>.</param>"),
    ];

    private readonly string _number = model.Number;
    private readonly TargetPlan _plan = model.Targets[0];
    private readonly Head[] _heads = [.. HeadsOf(model.Targets[0])];

    private string Call => $"global::RnnGen.Training.ForwardCall<{_number}>";

    private string TrainerCall => $"global::RnnGen.Training.TrainerCall<{_number}>";

    private string Inputs => $"{ReadOnlySpan}<{(model.ReadsTokens ? "int" : _number)}> inputs";

    private string InputShape => model.ReadsTokens ? "[T, B]" : $"[T, B, {_plan.InputSize}]";

    private string States =>
        $"global::RnnGen.RecurrentStates<{_number}>? initial = null,"
        + $" global::RnnGen.RecurrentStates<{_number}>? final = null";

    /// <summary>The numbers that each head gives.</summary>
    public void EmitConstants()
    {
        foreach (Head head in _heads)
        {
            code.Summary($"Outputs of each {(head.IsPerStep ? "step" : "sequence")}, of the head {head.Name}.");
            code.Line($"public const int {head.Identifier}OutputSize = {head.Plan.Rows.Size};\n");
        }
    }

    /// <summary>Whole sequences: outputs of every head.</summary>
    public void EmitForward()
    {
        code.Line("/// <summary>Runs one sequence. Any number of threads may do so at the same time.</summary>");
        code.Line(
            $"/// <param name=\"inputs\"><c>{(model.ReadsTokens ? "[T]" : $"[T, {_plan.InputSize}]")}</c>.</param>");
        foreach (Head head in _heads)
        {
            code.Line($"/// <param name=\"{head.Outputs}\">Receives <c>{head.SequenceShape}</c>.</param>");
        }

        EmitException();
        string[] outputs = [.. _heads.Select(head => $"{Span}<{_number}> {head.Outputs}")];
        code.List("public void Forward(", [Inputs, .. outputs], ") =>");
        code.Line($"    Forward(inputs, sequences: 1, {string.Join(", ", _heads.Select(head => head.Outputs))});\n");
        foreach ((string meaning, string parameter, string argument, string text) in Batches)
        {
            EmitForward(meaning, parameter, argument, text, outputs);
        }

        EmitRun(outputs);
    }

    /// <summary>What each head gave in a stream's last step.</summary>
    public void EmitStreamOutputs()
    {
        for (int i = 0; i < _heads.Length; i++)
        {
            code.Line();
            code.Line($$"""
                /// <summary>
                /// Outputs <c>[{{_heads[i].Plan.Rows.Size}}]</c> of the head {{_heads[i].Name}} in the last step; the
                /// next one overwrites them.
                /// </summary>
                public {{ReadOnlySpan}}<{{_number}}> {{_heads[i].Identifier}}Outputs => Outputs({{i}});
                """);
        }
    }

    /// <summary>The trainer: targets for every head.</summary>
    public void EmitTrainer()
    {
        code.Line($"""
            /// <summary>
            /// Trains the model: inputs are <c>{InputShape}</c>, and each head has targets of its own. The loss is the
            /// sum of the heads' mean losses, each times its weight.
            /// </summary>
            """);
        using (code.Block($"public sealed class Trainer : global::RnnGen.Training.ModelTrainer<{_number}>"))
        {
            code.Line($$"""
                internal Trainer(
                    global::RnnGen.Training.ModelRuntime<{{_number}}> model, global::RnnGen.TrainingOptions options)
                    : base(model, options)
                {
                }

                """);
            EmitTrainerCalls(
                "Step",
                "Trains on one batch: forward, losses, backward, clipping, update. Whatever it throws, weights, moments"
                    + "\n/// and states are then as before it.");
            EmitTrainerCalls("Evaluate", "The loss of one batch, without dropout; weights stay as they are.");
            EmitTrainerCalls(
                "ComputeGradients",
                "Loss and gradients of one batch as a step would do them next, without changing weights:"
                    + "\n/// <c>Gradient</c> tells them.");
            EmitWrite();
        }
    }

    private void EmitForward(string meaning, string parameter, string argument, string text, string[] outputs)
    {
        code.Line($$"""
            /// <summary>Runs {{meaning}}. Any number of threads may do so at the same time.</summary>
            /// <param name="inputs"><c>{{InputShape}}</c>, step after step.</param>
            {{text}}
            """);
        foreach (Head head in _heads)
        {
            string zeros = head.IsPerStep && argument == "lengths" ? ", zeros behind a sequence's end" : "";
            code.Line($"/// <param name=\"{head.Outputs}\">Receives <c>{head.Shape}</c>{zeros}.</param>");
        }

        EmitStateTexts("null for zeros");
        EmitException();
        code.List("public void Forward(", [Inputs, parameter, .. outputs, States], ")");
        using (code.Scope())
        {
            code.Line($"using {Call} call = _runtime.Begin();");
            code.Line($"call.Arrange(0, inputs.Length, {argument}, nameof(inputs));");
            code.Line($"Run(call, inputs, {string.Join(", ", _heads.Select(head => head.Outputs))}, initial, final);");
        }

        code.Line();
    }

    private void EmitRun(string[] outputs)
    {
        string states = States.Replace(" = null", "");
        code.List("private static void Run(", [$"in {Call} call", Inputs, .. outputs, states], ")");
        using (code.Scope())
        {
            for (int i = 0; i < _heads.Length; i++)
            {
                code.Line($"call.Expect({i}, {_heads[i].Outputs}.Length, nameof({_heads[i].Outputs}));");
            }

            code.Line("call.Write(0, inputs, nameof(inputs));");
            code.Line("call.Run(initial, final);");
            for (int i = 0; i < _heads.Length; i++)
            {
                code.Line($"call.Read({i}, {_heads[i].Outputs});");
            }
        }

        code.Line();
    }

    private void EmitTrainerCalls(string name, string summary)
    {
        foreach ((_, string parameter, string argument, string text) in Batches)
        {
            code.Line($$"""
                /// <summary>
                /// {{summary}}
                /// </summary>
                /// <param name="inputs"><c>{{InputShape}}</c>, step after step.</param>
                """);
            foreach (Head head in _heads)
            {
                code.Line($"/// <param name=\"{head.Targets}\"><c>{head.TargetShape}</c>.</param>");
            }

            code.Line(text.Replace("cref=\"Batch\"", $"cref=\"{model.Spec.Identifier}.Batch\""));
            EmitStateTexts("null for zeros, or for what is carried");
            code.Line("/// <returns>The loss: of each head the mean over its output rows times its weight.</returns>");
            EmitException("or a number is not finite; nothing was changed");
            code.List($"public {_number} {name}(", [Inputs, .. Targets, parameter, States], ")");
            using (code.Scope())
            {
                code.Line($"using {TrainerCall} call = Begin(nameof({name}));");
                code.Line($"call.Arrange(0, inputs.Length, {argument}, nameof(inputs));");
                code.Line($"Write(call, inputs, {string.Join(", ", _heads.Select(head => head.Targets))});");
                code.Line($"return call.{name}(initial, final);");
            }

            code.Line();
        }
    }

    private void EmitWrite()
    {
        code.List("private static void Write(", [$"in {TrainerCall} call", Inputs, .. Targets], ")");
        using (code.Scope())
        {
            code.Line("call.Write(0, inputs, nameof(inputs));");
            foreach (Head head in _heads)
            {
                code.Line($"call.Write({head.Plan.Target!.Index}, {head.Targets}, nameof({head.Targets}));");
            }
        }
    }

    private IEnumerable<string> Targets => _heads.Select(head =>
        $"{ReadOnlySpan}<{(head.Plan.Target!.HasIndices ? "int" : _number)}> {head.Targets}");

    private void EmitStateTexts(string none) => code.Line($"""
        /// <param name="initial">What the sequences start from; {none}.</param>
        /// <param name="final">
        /// Receives what each sequence ends in; null for nothing. It may be <paramref name="initial"/>.
        /// </param>
        """);

    private void EmitException(string further = "nothing was written") => code.Line($"""
        /// <exception cref="global::System.ArgumentException">
        /// A number of values, a length, a token or a class is outside its range, states are of another model or
        /// number of sequences; {further}.
        /// </exception>
        """);

    private static IEnumerable<Head> HeadsOf(TargetPlan plan)
    {
        var names = new HashSet<string>();
        foreach (HeadPlan head in plan.Heads)
        {
            yield return new Head(head, ArenaBuilder.Unique(names, PlanBuilder.Identifier(head.Name)));
        }
    }

    /// <summary>A head as its members are called.</summary>
    private sealed record Head(HeadPlan Plan, string Identifier)
    {
        public string Name => Plan.Name;

        public bool IsPerStep => Plan.Rows.Rows == RowKind.PerStep;

        public string Outputs => $"{char.ToLowerInvariant(Identifier[0])}{Identifier.Substring(1)}Outputs";

        public string Targets => $"{char.ToLowerInvariant(Identifier[0])}{Identifier.Substring(1)}Targets";

        public string Shape => IsPerStep ? $"[T, B, {Plan.Rows.Size}]" : $"[B, {Plan.Rows.Size}]";

        public string SequenceShape => IsPerStep ? $"[T, {Plan.Rows.Size}]" : $"[{Plan.Rows.Size}]";

        public string TargetShape => !Plan.Target!.HasIndices ? Shape : IsPerStep ? "[T, B]" : "[B]";
    }
}
