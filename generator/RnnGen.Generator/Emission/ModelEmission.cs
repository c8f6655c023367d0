using RnnGen.Generator.Emission.Face;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits all files of a model: its public face, and for each target its kernels.</summary>
internal static class ModelEmission
{
    public static EquatableArray<GeneratedFile> Emit(ModelPlan plan, CancellationToken cancellation)
    {
        var files = new List<GeneratedFile> { new(plan.Spec.FullName, "", ModelEmitter.Emit(plan)) };
        foreach (TargetPlan target in plan.Targets)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach ((string part, string text) in KernelsEmitter.Emit(plan, target))
            {
                files.Add(new GeneratedFile(plan.Spec.FullName, $".{target.Target.Name}{part}", text));
            }
        }

        return files.ToEquatableArray();
    }
}
