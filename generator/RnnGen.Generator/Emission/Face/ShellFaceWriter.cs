using RnnGen.Generator.Model;

namespace RnnGen.Generator.Emission.Face;

/// <summary>Writes the face of a model that rules have refused: every body throws.</summary>
/// <param name="refusal">The exception, as an expression.</param>
internal sealed class ShellFaceWriter(CodeWriter code, ModelSpec spec, string refusal) : FaceWriter(code)
{
    // A type is needed in any case, if only under another name.
    public override string TypeName(string name) =>
        HasRoomBeside(MemberShape.Type(name)) ? name : name + "Of" + spec.Name;

    public override void Private(Action<CodeWriter> write)
    {
    }

    protected override Body Filling(Body body) => Body.Below($"throw {refusal}");

    protected override bool HasRoomFor(MemberShape member) =>
        IsInType || IsExplicit(member) || (CanBeAdded(member) && HasRoomBeside(member));

    private static bool IsExplicit(MemberShape member) => member.Name.Contains("::");

    // No constructor that would have to pass arguments on.
    private bool CanBeAdded(MemberShape member) => member.Name != MemberShape.Constructor
        || spec.Declaration is { HasPrimaryConstructor: false, BaseNeedsArguments: false };

    // What stands in its place already is the mistake, or has the same name as the class, which is one.
    private bool HasRoomBeside(MemberShape member) => member.Name != spec.Name
        && (spec.Declaration.BaseModel is null || member.Name == MemberShape.Constructor)
        && !spec.Declaration.Members.Any(
            own => own.Shape.ClashesWith(member) || IsAccessor(own, member.Name));

    private static bool IsAccessor(MemberSpec own, string property) =>
        own.InheritedFrom is null && own.Shape.Name is var name
        && (name == "get_" + property || name == "set_" + property);
}
