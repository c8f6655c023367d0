using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Emits what differs in models of several inputs or heads: each has numbers of its own, and each axis lengths.
/// </summary>
internal sealed class FeedsEmitter(ModelPlan model, CodeWriter code)
{
    private const string Span = "global::System.Span";
    private const string ReadOnlySpan = "global::System.ReadOnlySpan";

    private readonly string _number = model.Number;
    private readonly TargetPlan _plan = model.Targets[0];
    private readonly Head[] _heads = [.. HeadsOf(model.Targets[0])];

    private string Call => $"global::RnnGen.Training.ForwardCall<{_number}>";

    private string TrainerCall => $"global::RnnGen.Training.TrainerCall<{_number}>";

    private bool HasOneAxis => _plan.Axes.Count == 1;

    private IEnumerable<FeedPlan> Inputs => _plan.Feeds.Where(feed => !feed.IsTarget);

    private IEnumerable<string> InputParameters =>
        Inputs.Select(feed => $"{ReadOnlySpan}<{(feed.HasIndices ? "int" : _number)}> {feed.Name}");

    private string InputNames => string.Join(", ", Inputs.Select(feed => feed.Name));

    private string OutputNames => string.Join(", ", _heads.Select(head => head.Outputs));

    // How a batch says its sequences: by their number, or by lengths for each axis.
    private IEnumerable<Batch> Batches
    {
        get
        {
            yield return new Batch(
                "sequences of equal length", ["int sequences"], _ => "sequences",
                ["/// <param name=\"sequences\">B, the number of sequences: from 1 to <see cref=\"Batch\"/>.</param>"])
            {
                HasLengths = false,
            };
            yield return new Batch(
                "sequences of any lengths", [.. _plan.Axes.Select(axis => $"{ReadOnlySpan}<int> {Lengths(axis)}")],
                Lengths,
                [.. _plan.Axes.SelectMany(axis => new[]
                {
                    $"/// <param name=\"{Lengths(axis)}\">",
                    $"/// Steps of each {(HasOneAxis ? "" : axis.Name + " ")}sequence, in any order: B of them, from 1"
                        + " to <see cref=\"Batch\"/>.",
                    "/// </param>",
                })])
            {
                HasLengths = true,
            };
        }
    }

    private string Lengths(AxisPlan axis) => HasOneAxis ? "lengths" : axis.Name + "Lengths";

    private string States =>
        $"global::RnnGen.RecurrentStates<{_number}>? initial = null,"
        + $" global::RnnGen.RecurrentStates<{_number}>? final = null";

    private const string Order =
        "global::RnnGen.SequenceOrder order = global::RnnGen.SequenceOrder.TimeMajor";

    /// <summary>The sizes of axes, inputs and heads.</summary>
    public void EmitConstants()
    {
        foreach (AxisPlan axis in HasOneAxis ? [] : _plan.Axes)
        {
            code.Summary($"Steps of the longest {axis.Name} sequence that a batch holds.");
            code.Line($"public const int {CellNames.Capitalized(axis.Name)}Steps = {axis.Steps};\n");
        }

        foreach (FeedPlan feed in HasOneAxis ? [] : Inputs)
        {
            string size = feed.HasIndices ? "Vocabulary" : "Size";
            code.Summary(feed.HasIndices ? $"Number of {feed.Name} tokens: they are from 0 to this less one."
                : $"Numbers in one step of the {feed.Name}.");
            int number = feed.HasIndices ? feed.Indices : feed.Width;
            code.Line($"public const int {CellNames.Capitalized(feed.Name)}{size} = {number};\n");
        }

        foreach (Head head in _heads)
        {
            string of = _heads.Length > 1 ? $", of the head {head.Name}" : "";
            code.Summary($"Outputs of each {(head.IsPerStep ? "step" : "sequence")}{of}.");
            code.Line($"public const int {head.Size} = {head.Plan.Rows.Size};\n");
        }
    }

    /// <summary>Whole sequences: outputs of every head.</summary>
    public void EmitForward()
    {
        code.Line(
            $"/// <summary>Runs one {(HasOneAxis ? "sequence" : "pair of sequences")}. Any number of threads may do so"
                + " at the same time.</summary>");
        foreach (FeedPlan feed in Inputs)
        {
            string shape = feed.HasIndices ? "[T]" : $"[T, {feed.Width}]";
            code.Line($"/// <param name=\"{feed.Name}\"><c>{shape}</c>.</param>");
        }

        foreach (Head head in _heads)
        {
            code.Line($"/// <param name=\"{head.Outputs}\">Receives <c>{head.SequenceShape}</c>.</param>");
        }

        EmitException();
        string[] outputs = [.. _heads.Select(head => $"{Span}<{_number}> {head.Outputs}")];
        code.List("public void Forward(", [.. InputParameters, .. outputs], ") =>");
        code.Line($"    Forward({InputNames}, sequences: 1, {OutputNames});\n");
        foreach (Batch batch in Batches)
        {
            EmitForward(batch, outputs);
        }

        EmitForwardOfCall(outputs);
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
            /// Trains the model. Each head has targets of its own; the loss is the sum of their mean losses, each times
            /// its weight.
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

    private void EmitForward(Batch batch, string[] outputs)
    {
        code.Line($"/// <summary>Runs {batch.Meaning}. Any number of threads may do so at the same time.</summary>");
        EmitInputTexts();
        EmitTexts(batch);
        foreach (Head head in _heads)
        {
            string zeros = head.IsPerStep && batch.HasLengths ? ", zeros behind a sequence's end" : "";
            code.Line($"/// <param name=\"{head.Outputs}\">Receives <c>{head.Shape}</c>{zeros}.</param>");
        }

        EmitStateTexts("null for zeros");
        EmitException();
        code.List("public void Forward(", [.. InputParameters, .. batch.Parameters, .. outputs, States, Order], ")");
        using (code.Scope())
        {
            code.Line($"using {Call} call = _runtime.Begin();");
            EmitArrange(batch);
            code.Line($"Forward(call, {InputNames}, {OutputNames}, initial, final);");
        }

        code.Line();
    }

    private void EmitForwardOfCall(string[] outputs)
    {
        string states = States.Replace(" = null", "");
        code.List("private static void Forward(", [$"in {Call} call", .. InputParameters, .. outputs, states], ")");
        using (code.Scope())
        {
            for (int i = 0; i < _heads.Length; i++)
            {
                code.Line($"call.Expect({i}, {_heads[i].Outputs}.Length, nameof({_heads[i].Outputs}));");
            }

            EmitWrites();
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
        foreach (Batch batch in Batches)
        {
            code.Line($$"""
                /// <summary>
                /// {{summary}}
                /// </summary>
                """);
            EmitInputTexts();
            foreach (Head head in _heads)
            {
                code.Line($"/// <param name=\"{head.Targets}\"><c>{head.TargetShape}</c>.</param>");
            }

            EmitTexts(batch);
            EmitStateTexts("null for zeros, or for what is carried");
            code.Line("/// <returns>The loss: of each head the mean over its output rows times its weight.</returns>");
            EmitException("or a number is not finite; nothing was changed");
            code.List(
                $"public {_number} {name}(", [.. InputParameters, .. Targets, .. batch.Parameters, States, Order], ")");
            using (code.Scope())
            {
                code.Line($"using {TrainerCall} call = Begin(nameof({name}));");
                EmitArrange(batch);
                code.Line($"Write(call, {InputNames}, {string.Join(", ", _heads.Select(head => head.Targets))});");
                code.Line($"return call.{name}(initial, final);");
            }

            code.Line();
        }
    }

    private void EmitWrite()
    {
        code.List("private static void Write(", [$"in {TrainerCall} call", .. InputParameters, .. Targets], ")");
        using (code.Scope())
        {
            EmitWrites();
            foreach (Head head in _heads)
            {
                code.Line($"call.Write({head.Plan.Target!.Index}, {head.Targets}, nameof({head.Targets}));");
            }
        }
    }

    private void EmitInputTexts()
    {
        foreach (FeedPlan feed in Inputs)
        {
            string shape = feed.HasIndices ? "[T, B]" : $"[T, B, {feed.Width}]";
            code.Line($"/// <param name=\"{feed.Name}\"><c>{shape}</c>, step after step.</param>");
        }
    }

    private void EmitTexts(Batch batch)
    {
        foreach (string text in batch.Texts)
        {
            code.Line(text.Replace("cref=\"Batch\"", $"cref=\"{model.Spec.Identifier}.Batch\""));
        }
    }

    private void EmitArrange(Batch batch)
    {
        foreach (AxisPlan axis in _plan.Axes)
        {
            FeedPlan feed = Inputs.First(feed => feed.Axis == axis);
            code.Line(
                $"call.Arrange({feed.Index}, {feed.Name}.Length, {batch.Argument(axis)}, nameof({feed.Name}), order);");
        }
    }

    private void EmitWrites()
    {
        foreach (FeedPlan feed in Inputs)
        {
            code.Line($"call.Write({feed.Index}, {feed.Name}, nameof({feed.Name}));");
        }
    }

    private IEnumerable<string> Targets => _heads.Select(head =>
        $"{ReadOnlySpan}<{(head.Plan.Target!.HasIndices ? "int" : _number)}> {head.Targets}");

    private void EmitStateTexts(string none) => code.Line($"""
        /// <param name="initial">What the sequences start from; {none}.</param>
        /// <param name="final">
        /// Receives what each sequence ends in; null for nothing. It may be <paramref name="initial"/>.
        /// </param>
        /// <param name="order">
        /// How rows follow one another; <see cref="global::RnnGen.SequenceOrder.BatchMajor"/> for <c>[B, T, F]</c>.
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
        if (plan.Heads.Count == 1)
        {
            yield return new Head(plan.Heads[0], "");
            yield break;
        }

        foreach (HeadPlan head in plan.Heads)
        {
            yield return new Head(head, ArenaBuilder.Unique(names, PlanBuilder.Identifier(head.Name)));
        }
    }

    /// <summary>A head as its members are called.</summary>
    private sealed record Head(HeadPlan Plan, string Identifier)
    {
        public string Name => Plan.Name;

        public bool IsPerStep => Plan.Rows.Kind == RowKind.PerStep;

        public string Size => $"{Identifier}OutputSize";

        public string Outputs => Lower(Identifier + "Outputs");

        public string Targets => Lower(Identifier + "Targets");

        public string Shape => IsPerStep ? $"[T, B, {Plan.Rows.Size}]" : $"[B, {Plan.Rows.Size}]";

        public string SequenceShape => IsPerStep ? $"[T, {Plan.Rows.Size}]" : $"[{Plan.Rows.Size}]";

        private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

        public string TargetShape => !Plan.Target!.HasIndices ? Shape : IsPerStep ? "[T, B]" : "[B]";
    }

    /// <summary>How a call says how long its sequences are.</summary>
    /// <param name="Argument">What it passes on for an axis.</param>
    /// <param name="Texts">What documentation says of the parameters.</param>
    private sealed record Batch(
        string Meaning, string[] Parameters, Func<AxisPlan, string> Argument, string[] Texts)
    {
        public required bool HasLengths { get; init; }
    }
}
