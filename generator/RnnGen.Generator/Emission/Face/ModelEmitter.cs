using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Face;

/// <summary>Emits the file that users see of a model that runs: its public face.</summary>
internal static class ModelEmitter
{
    public static string Emit(ModelPlan model)
    {
        var code = new CodeWriter();
        var plan = FacePlan.Of(model);
        HeaderEmitter.Emit(code, model, "the model, its streams and its trainer");
        code.Line("#nullable enable\n");
        DeclarationEmitter.AllowLowerCase(code, model.Spec);
        using (DeclarationEmitter.Open(code, model.Spec, InterfaceEmitter.Names(plan)))
        {
            new FaceEmitter(plan, new SoundFaceWriter(code)).Emit([.. HeaderEmitter.Table(model)]);
            new InterfaceEmitter(plan, new SoundFaceWriter(code)).Emit();
            code.Line();
        }

        return code.ToString();
    }
}
