using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits all files of a model: its public face, and for each target its kernels.</summary>
internal static class ModelEmission
{
    public static EquatableArray<GeneratedFile> Emit(ModelPlan plan, CancellationToken cancellation)
    {
        var files = new List<GeneratedFile> { new(Hint(plan.Spec, ""), ModelEmitter.Emit(plan)) };
        foreach (TargetPlan target in plan.Targets)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach ((string part, string text) in KernelsEmitter.Emit(plan, target))
            {
                files.Add(new GeneratedFile(Hint(plan.Spec, $".{target.Target.Name}{part}"), text));
            }
        }

        return files.ToEquatableArray();
    }

    /// <summary>The name of a generated file: the model's full name and the part.</summary>
    public static string Hint(ModelSpec spec, string part) => $"{spec.FullName}{part}.g.cs";
}
