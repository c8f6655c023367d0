using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits the public face of a model: the members that the generator adds to the user's class.</summary>
internal sealed partial class ModelEmitter(ModelPlan model, CodeWriter code)
{
    private readonly string _name = model.Spec.Identifier;
    private readonly string _number = model.Number;
    private readonly TargetPlan _plan = model.Targets[0];

    public static string Emit(ModelPlan model)
    {
        var code = new CodeWriter();
        HeaderEmitter.Emit(code, model, "the model, its streams and its trainer");
        code.Line("#nullable enable\n");
        AllowLowerCase(code, model.Spec);
        var emitter = new ModelEmitter(model, code);
        using (Declaration(code, model.Spec, emitter.Interfaces.Names))
        {
            emitter.EmitMembers();
        }

        return code.ToString();
    }

    /// <summary>
    /// What the compiler has against type names of small letters alone, it says where the user wrote them.
    /// </summary>
    public static void AllowLowerCase(CodeWriter code, ModelSpec spec)
    {
        IEnumerable<string> names = spec.ContainingTypes.Select(type => type.Name).Concat([spec.Name]);
        if (names.Any(name => name.All(character => character is >= 'a' and <= 'z')))
        {
            code.Line("#pragma warning disable CS8981\n");
        }
    }

    /// <summary>Opens the namespace, the containing types and the class.</summary>
    /// <param name="interfaces">What the class implements.</param>
    public static IDisposable Declaration(CodeWriter code, ModelSpec spec, IEnumerable<string> interfaces)
    {
        var blocks = new Stack<IDisposable>();
        if (spec.Namespace.Length > 0)
        {
            code.Line($"namespace {spec.Namespace};\n");
        }

        foreach (ContainingTypeSpec type in spec.ContainingTypes)
        {
            blocks.Push(code.Block($"partial {type.Keyword} {type.Identifier}"));
        }

        code.List($"partial class {spec.Identifier} : ", interfaces, "");
        blocks.Push(code.Scope());
        return new Blocks(blocks);
    }

    private bool HasSeveralFeeds => _plan.Heads.Count > 1 || _plan.Axes.Count > 1;

    private InterfaceEmitter Interfaces =>
        new(code, model.Spec.Identifier, _number, HasSeveralFeeds ? null : Input);

    private string Input => model.ReadsTokens ? "int" : _number;

    private string Target => model.HasClassTargets ? "int" : _number;

    private string InputShape => model.ReadsTokens ? "[T, B]" : $"[T, B, {_plan.InputSize}]";

    private string OutputShape =>
        (_plan.Outputs.Kind == RowKind.PerStep ? "[T, B, " : "[B, ") + EmissionContext.Text(_plan.Outputs.Size) + "]";

    private string TargetShape => model.HasClassTargets
        ? _plan.Outputs.Kind == RowKind.PerStep ? "[T, B]" : "[B]"
        : OutputShape;

    private void EmitMembers()
    {
        EmitConstants();
        EmitConstruction();
        new WeightMembersEmitter(code, _name, _number).Emit();
        if (HasSeveralFeeds)
        {
            new FeedsEmitter(model, code).EmitForward();
        }
        else
        {
            EmitForward();
            EmitForwardOfStates();
        }

        EmitCreateStates();
        if (_plan.Axes.Count == 1)
        {
            EmitStream();
        }

        EmitTrainer();
        code.Line();
        Interfaces.Emit(model.Spec.Name, _plan.Streams, model.MissingLoss is null);
    }

    private void EmitConstants()
    {
        void Constant(string summary, string constant, int value)
        {
            code.Summary(summary);
            code.Line($"public const int {constant} = {value};\n");
        }

        if (_plan.Axes.Count == 1)
        {
            Constant("Steps of the longest sequence, or window, that a batch holds.", "Steps", _plan.Steps);
        }

        Constant("The most sequences that a batch holds.", "Batch", _plan.Batch);
        if (_plan.Axes.Count == 1)
        {
            Constant(
                model.ReadsTokens ? "Number of tokens: inputs are from 0 to this less one."
                    : "Numbers in one step of the input.",
                model.ReadsTokens ? "Vocabulary" : "InputSize",
                model.ReadsTokens ? _plan.Vocabulary : _plan.InputSize);
        }

        if (HasSeveralFeeds)
        {
            new FeedsEmitter(model, code).EmitConstants();
        }
        else
        {
            Constant(
                _plan.Outputs.Kind == RowKind.PerStep ? "Outputs of each step." : "Outputs of each sequence.",
                "OutputSize", _plan.Outputs.Size);
        }

        Constant("Trained numbers.", "ParameterCount", model.ParameterCount);
        code.Summary("Layers, shapes, parameters, floating-point operations and bytes, as a table.");
        code.Line("public static string Summary => \"\"\"");
        foreach (string line in HeaderEmitter.Table(model))
        {
            code.Line("    " + line.TrimEnd());
        }

        code.Line("    \"\"\";\n");
    }

    private void EmitConstruction()
    {
        code.Line($"private readonly global::RnnGen.Training.ModelRuntime<{_number}> _runtime;\n");
        code.Summary("Makes a model with new weights.");
        code.Line("/// <param name=\"seed\">Equal seeds give equal weights, bit for bit.</param>");
        code.Line(
            "/// <param name=\"target\">The instructions to run on; null for the best that the processor has.</param>");
        code.Line(
            "/// <exception cref=\"global::System.PlatformNotSupportedException\">The processor does not have the"
                + " instructions.</exception>");
        using (code.Block(
            $"public {_name}(ulong seed = 0, global::RnnGen.Kernels.SimdTarget? target = null)\n    :"
                + " this(CreateKernels(target))"))
        {
            code.Line("_runtime.Parameters.Initialize(seed);");
        }

        code.Line();
        using (code.Block($"private {_name}(global::RnnGen.Training.ModelKernels<{_number}> kernels)"))
        {
            code.Line($"_runtime = new global::RnnGen.Training.ModelRuntime<{_number}>(kernels);");
        }

        code.Line();
        code.Summary("The instructions that this model runs on.");
        code.Line("public global::RnnGen.Kernels.SimdTarget Target => _runtime.Kernels.Target;\n");
        EmitCreateKernels();
    }

    private void EmitCreateKernels()
    {
        using (code.Block(
            $"private static global::RnnGen.Training.ModelKernels<{_number}>"
                + " CreateKernels(global::RnnGen.Kernels.SimdTarget? target)"))
        {
            code.Line("global::RnnGen.Kernels.SimdTarget chosen = target ?? global::RnnGen.Kernels.SimdTargets.Best;");
            using (code.Block("if (!global::RnnGen.Kernels.SimdTargets.IsSupported(chosen))"))
            {
                code.Line("throw new global::System.PlatformNotSupportedException("
                    + "$\"This processor cannot run {chosen}.\");");
            }

            code.Line();
            code.Line("return chosen switch\n{");
            foreach (TargetPlan target in model.Targets)
            {
                string name = target.Target.Name;
                string pattern = name == "Scalar" ? "_" : $"global::RnnGen.Kernels.SimdTarget.{name}";
                code.Line($"    {pattern} => new global::{KernelsEmitter.Namespace(model.Spec)}.{name}Kernels(),");
            }

            code.Line("};");
        }

        code.Line();
    }

    private void EmitTrainer()
    {
        code.Line();
        if (model.MissingLoss is { } missing)
        {
            EmitNoCreateTrainer(missing);
        }
        else
        {
            code.Line("""
                /// <summary>Makes a trainer of this model; it changes the model's weights.</summary>
                /// <param name="options">Optimizer, clipping, threads; null for the defaults.</param>
                public Trainer CreateTrainer(global::RnnGen.TrainingOptions? options = null) =>
                    new(_runtime, options ?? new global::RnnGen.TrainingOptions());

                """);
        }

        if (HasSeveralFeeds)
        {
            new FeedsEmitter(model, code).EmitTrainer();
            return;
        }

        string summary = model.MissingLoss is null
            ? $"Trains the model: inputs are <c>{InputShape}</c>, targets <c>{TargetShape}</c>."
            : "Not for this model: it has no loss.";
        code.Line($"/// <summary>{summary}</summary>");
        using (code.Block(
            $"public sealed class Trainer : global::RnnGen.Training.SequenceTrainer<{_number}, {Input}, {Target}>"))
        {
            code.Line($$"""
                internal Trainer(
                    global::RnnGen.Training.ModelRuntime<{{_number}}> model, global::RnnGen.TrainingOptions options)
                    : base(model, options)
                {
                }
                """);
            if (model.MissingLoss is not null)
            {
                EmitCallsOfOtherTargets();
            }
        }
    }

    // Which loss is meant is a guess: code with targets for another must have no second error.
    private void EmitCallsOfOtherTargets()
    {
        string refusal = "new global::System.NotSupportedException(\n"
            + $"        \"{model.Spec.Name} cannot be trained: it has no loss.\")";
        code.Line();
        TrainerCallsEmitter.Emit(code, [(Input, model.HasClassTargets ? _number : "int")], _number, refusal);
    }

    // The class stands there all the same: code that names it has this one error, not several.
    private void EmitNoCreateTrainer(MissingLoss missing)
    {
        string Reason(string indentation) => $"\"{model.Spec.Name} cannot be trained: it has no loss. \"\n"
            + $"{indentation}+ \"Write {missing.Advice}.\"";
        code.Line($$"""
            /// <summary>Not for this model: it has no loss.</summary>
            [global::System.Obsolete(
                {{Reason("        ")}}, error: true)]
            public Trainer CreateTrainer(global::RnnGen.TrainingOptions? options = null) =>
                throw new global::System.NotSupportedException(
                    {{Reason("            ")}});

            """);
    }

    private sealed class Blocks(Stack<IDisposable> blocks) : IDisposable
    {
        public void Dispose()
        {
            while (blocks.Count > 0)
            {
                blocks.Pop().Dispose();
            }
        }
    }
}
