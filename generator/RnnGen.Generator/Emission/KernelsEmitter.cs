using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits the kernels of one target: constants and tensors, the passes, the streaming step, the matrix
/// kernels.</summary>
internal sealed partial class KernelsEmitter(ModelPlan model, TargetPlan plan)
{
    private readonly EmissionContext _context = new(plan);

    public static IEnumerable<(string Part, string Text)> Emit(ModelPlan model, TargetPlan plan)
    {
        var emitter = new KernelsEmitter(model, plan);
        yield return emitter.File("", "memory layout and the order of operations", emitter.EmitLayout);
        yield return emitter.File(".Forward", "forward pass", code => emitter.EmitPasses(code, plan.Forward));
        if (plan.Backward.Count > 0)
        {
            yield return emitter.File(".Backward", "backward pass", code => emitter.EmitPasses(code, plan.Backward));
        }

        if (plan.Streams)
        {
            yield return emitter.File(".Step", "streaming step", emitter.EmitStep);
        }

        // Last: by now it is known which kernels the others call.
        yield return emitter.File(".Kernels", "matrix products and functions", emitter.EmitKernels);
    }

    /// <summary>
    /// The namespace of a model's kernels: one of its own, so that names can be short. Full names that differ give
    /// namespaces that differ.
    /// </summary>
    public static string Namespace(ModelSpec spec)
    {
        string name = spec.FullName.Replace("_", "__").Replace('.', '_');
        return "RnnGen.Generated." + (name == spec.Name ? spec.Identifier : name);
    }

    private static string Text(StepRow row) => AddressText.InStep(row.Start)
        + (row.TokenStride == 0 ? "" : $" + ((nint)token * {row.TokenStride})");

    private (string Part, string Text) File(string part, string content, Action<CodeWriter> emit)
    {
        var code = new CodeWriter();
        HeaderEmitter.Emit(code, model, $"{plan.Target.Name}: {content}");
        string vector = plan.Target.Bits == 0
            ? plan.Precision == Precision.Double ? "System.Double" : "System.Single"
            : "System.Runtime.Intrinsics." + _context.Operations.Vector;

        // Inside the namespace: there they win over types that the user has in the global one.
        code.Line($"""
            #nullable disable

            namespace {Namespace(model.Spec)};

            using global::System;
            using global::System.Collections.Immutable;
            using global::System.Runtime.CompilerServices;
            using global::System.Runtime.Intrinsics;
            using global::System.Runtime.Intrinsics.X86;
            using global::RnnGen.Initialization;
            using global::RnnGen.Kernels;
            using global::RnnGen.Training;
            using global::RnnGen.Weights;
            using V = global::{vector};

            """);
        code.Summary($"{model.Spec.Name} for {plan.Target.Name}: vectors of {plan.Lanes}.");
        string isBase = part.Length == 0 ? $" : ModelKernels<{_context.Number}>" : "";
        using (code.Block($"internal sealed unsafe partial class {plan.Target.Name}Kernels{isBase}"))
        {
            emit(code);
        }

        return (part, code.ToString());
    }

    private void EmitLayout(CodeWriter code)
    {
        EmitOffsets(code, "parameters", plan.Parameters);
        EmitOffsets(code, "transposed weights", plan.Transposed);
        EmitWorkspace(code);
        if (plan.Streams)
        {
            EmitOffsets(code, "state of a stream", plan.State);
            EmitOffsets(code, "weights of a streaming step", plan.StepWeights);
        }

        EmitFeeds(code);
        code.Comment("Kernels are compiled fully before their first call, and never into a caller: there the compiler");
        code.Comment("might run out of its budget and leave the functions that they call as calls.");
        code.Line("private const MethodImplOptions Kernel =");
        code.Line("    MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;\n");
        code.Line($"public override SimdTarget Target => SimdTarget.{plan.Target.Name};");
        code.Line();
        ShapeEmitter.Emit(code, plan);
        WeightsEmitter.Emit(code, plan);
        EmitTranspose(code);
        EmitDriver(code, "Forward", plan.Forward);
        if (plan.DecoderStates.Count > 0)
        {
            EmitDriver(code, "Encode", plan.Encoding.ToEquatableArray());
            EmitDecoding(code);
        }

        EmitDriver(code, "Backward", plan.Backward);
        EmitStepDrivers(code);
    }

    private void EmitWorkspace(CodeWriter code)
    {
        EmitOffsets(code, "workspace of a pass", plan.Workspace);
        EmitScratch(code);
        if (plan.BackwardWorkspace.Offsets.Count > 0)
        {
            code.Comment(
                $"Behind them, what only the backward pass touches: {plan.BackwardWorkspace.Length} numbers in all.");
            EmitOffsets(code, plan.BackwardWorkspace);
        }
    }

    private void EmitScratch(CodeWriter code)
    {
        if (plan.Scratch.Offsets.Count == 0)
        {
            return;
        }

        int outside = plan.InferenceWorkspaceLength;
        if (plan.Trains)
        {
            code.Comment(
                $"Behind them, rows that the backward pass goes back to: {plan.Scratch.Length} numbers in all.");
            code.Comment($"Outside of training they lie where others have lain before: {outside} numbers in all.");
        }
        else
        {
            code.Comment($"Behind them, rows that lie where others have lain before: {outside} numbers in all.");
        }

        foreach (NamedOffset place in plan.Scratch.Offsets)
        {
            if (place.IsDistance)
            {
                EmitOffset(code, place);
            }
            else
            {
                string offset = plan.Trains && place.Offset != place.OffsetOutsideTraining
                    ? $"pass.Training ? {place.Offset} : {place.OffsetOutsideTraining}"
                    : EmissionContext.Text(place.OffsetOutsideTraining);
                code.Comment(place.Comment);
                code.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
                code.Line($"private static int {place.Name}(in Pass<{_context.Number}> pass) => {offset};");
            }
        }

        code.Line();
    }

    private static void EmitOffsets(CodeWriter code, string arena, ArenaPlan plan)
    {
        code.Comment($"Offsets in the {arena}: {plan.Length} numbers.");
        EmitOffsets(code, plan);
    }

    private static void EmitOffsets(CodeWriter code, ArenaPlan plan)
    {
        foreach (NamedOffset offset in plan.Offsets)
        {
            EmitOffset(code, offset);
        }

        code.Line();
    }

    private static void EmitOffset(CodeWriter code, NamedOffset offset) =>
        code.Line($"private const int {offset.Name} = {offset.Offset}; // {offset.Comment}");

    private void EmitFeeds(CodeWriter code)
    {
        code.Comment("What a pass gets from outside, by its place.");
        foreach (FeedPlan feed in plan.Feeds)
        {
            string rows = feed.Rows == RowKind.PerStep ? "[T, B" : "[B";
            string kind = !feed.HasIndices ? $"{rows}, {feed.Width}]"
                : $"{rows}] {(feed.IsTarget ? "classes" : "tokens")} below {feed.Indices}";
            code.Line($"private const int {feed.Constant} = {feed.Index}; // {kind}");
        }

        code.Line();
    }

    private void EmitTranspose(CodeWriter code)
    {
        code.Line();
        string number = _context.Number;
        using (code.Block(
            $"public override void Transpose({number}* parameters, {number}* transposed, int worker, int workers)"))
        {
            foreach (TransposePanels transpose in plan.Transposes)
            {
                code.Line($"""
                    Panels.Transpose(
                        {AddressText.InStep(transpose.Source.Start)}, {Shape(transpose.Source)},
                        {AddressText.InStep(transpose.Target.Start)}, {Shape(transpose.Target)},
                        {transpose.SegmentLength}, {transpose.SegmentRow}, {transpose.Width}, {transpose.SegmentStride},
                        worker, workers);
                    """);
            }
        }
    }

    private static string Shape(PanelMatrix matrix) =>
        $"new PanelShape({matrix.WholeDepth}, {matrix.Vectors}, {matrix.PanelVectors}, {matrix.Lanes})"
        + (matrix.Depth == matrix.WholeDepth ? "" : $".Range({matrix.FirstRow}, {matrix.Depth})");

    private void EmitPasses(CodeWriter code, EquatableArray<PassOperation> operations)
    {
        var emitter = new PassEmitter(code, _context);
        foreach (PassOperation operation in operations)
        {
            emitter.Emit(operation);
        }

        EmitSharedMethods(code);
    }

    private void EmitSharedMethods(CodeWriter code)
    {
        foreach ((string name, string parameters, string body) in _context.SharedMethods)
        {
            code.Line();
            code.Summary("A cell's equations for one vector of units, row by row.");
            code.Line("[MethodImpl(Kernel)]");
            using (code.Block(
                parameters.Length < 60 ? $"private static void {name}({parameters})"
                : $"private static void {name}(\n    {parameters})"))
            {
                code.Line(body.TrimEnd('\n'));
            }
        }

        _context.SharedMethods.Clear();
    }

    private void EmitStep(CodeWriter code)
    {
        var emitter = new StepEmitter(code, _context);
        var packing = new PackEmitter(code, _context);
        foreach (StepOperation operation in plan.Step)
        {
            emitter.Emit(operation);
        }

        foreach (StepOperation operation in plan.Step)
        {
            packing.Emit(operation);
        }
    }

    private void EmitKernels(CodeWriter code)
    {
        code.Summary("The start of a worker's share of some items; of the worker behind the last, the end of all.");
        code.Line(
            "private static int Share(int count, int worker, int workers) => (int)((long)count * worker / workers);");
        FunctionEmitter.Emit(code, _context);
        ProductEmitter.Emit(code, _context);
    }
}
