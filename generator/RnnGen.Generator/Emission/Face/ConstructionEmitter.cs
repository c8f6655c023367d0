using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Face;

/// <summary>Emits the members that make a model, and choose the code that it runs.</summary>
internal sealed class ConstructionEmitter(FacePlan plan, FaceWriter face)
{
    private readonly ModelSpec _spec = plan.Spec;
    private readonly string _kernels = $"global::RnnGen.Training.ModelKernels<{plan.Number}>";

    public void Emit()
    {
        string runtime = RuntimeTypes.Runtime(plan.Number);
        face.Private(code => code.Line($"private readonly {runtime} _runtime;"));
        face.Member(
            Signature.Constructor(
                "public", _spec.Identifier, "ulong seed = 0", $"{RuntimeTypes.OptionalTarget} target = null"),
            """
            /// <summary>Makes a model with new weights.</summary>
            /// <param name="seed">Equal seeds give equal weights, bit for bit.</param>
            /// <param name="target">The instructions to run on; null for the best that the processor has.</param>
            /// <exception cref="global::System.PlatformNotSupportedException">The processor does not have the
            /// instructions.</exception>
            """,
            Body.Block(
                code => code.Line("_runtime.Parameters.Initialize(seed);"), ": this(CreateKernels(target))"));
        face.Private(code =>
        {
            using (code.Block($"private {_spec.Identifier}({_kernels} kernels)"))
            {
                code.Line($"_runtime = new {runtime}(kernels);");
            }
        });
        face.Member(
            Signature.Property($"public {RuntimeTypes.Target}", "Target"),
            "/// <summary>The instructions that this model runs on.</summary>",
            Body.Inline("_runtime.Kernels.Target"));
        face.Private(EmitCreateKernels);
    }

    private void EmitCreateKernels(CodeWriter code)
    {
        using (code.Block($"private static {_kernels} CreateKernels({RuntimeTypes.OptionalTarget} target)"))
        {
            code.Line($"{RuntimeTypes.Target} chosen = target ?? global::RnnGen.Kernels.SimdTargets.Best;");
            using (code.Block("if (!global::RnnGen.Kernels.SimdTargets.IsSupported(chosen))"))
            {
                code.Line("throw new global::System.PlatformNotSupportedException("
                    + "$\"This processor cannot run {chosen}.\");");
            }

            code.Line();
            code.Line("return chosen switch\n{");
            foreach (string name in SimdTarget.All.Select(target => target.Name))
            {
                string pattern = name == "Scalar" ? "_" : $"{RuntimeTypes.Target}.{name}";
                code.Line($"    {pattern} => new global::{KernelsEmitter.Namespace(_spec)}.{name}Kernels(),");
            }

            code.Line("};");
        }
    }
}
