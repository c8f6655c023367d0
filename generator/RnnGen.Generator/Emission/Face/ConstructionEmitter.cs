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
            /// <exception cref="global::System.NotSupportedException">The model was compiled without them.</exception>
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
        string[] names = [.. SimdTarget.Of(_spec.Options).Select(target => target.Name)];
        code.Line($"""
            private static {_kernels} CreateKernels({RuntimeTypes.OptionalTarget} target) =>
                global::RnnGen.Kernels.SimdTargets.Choose(target, "{_spec.Name}",
                [
            """);
        foreach (string name in names)
        {
            code.Line($"        {RuntimeTypes.Target}.{name},");
        }

        code.Line("    ]) switch\n    {");
        foreach (string name in names)
        {
            string pattern = name == names[names.Length - 1] ? "_" : $"{RuntimeTypes.Target}.{name}";
            code.Line($"        {pattern} => new global::{KernelsEmitter.Namespace(_spec)}.{name}Kernels(),");
        }

        code.Line("    };");
    }
}
