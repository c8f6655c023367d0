using System.Globalization;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Emission.Face;

/// <summary>
/// Writes the public face of a model, member by member. Emitters say once what there is, how it is declared and what
/// it does; whether it does that, or throws, is the writer's.
/// </summary>
internal abstract class FaceWriter(CodeWriter code)
{
    protected CodeWriter Code { get; } = code;

    /// <summary>A type inside the class is being written: members are those of that type.</summary>
    protected bool IsInType { get; private set; }

    /// <summary>What a type of the class is called.</summary>
    public virtual string TypeName(string name) => name;

    /// <summary>Writes what only a model that runs has.</summary>
    public abstract void Private(Action<CodeWriter> write);

    public void Constant(string summary, string name, int value)
    {
        if (HasRoomFor(MemberShape.Value(name)))
        {
            Code.Line();
            Code.Summary(summary);
            Code.Line($"public const int {name} = {value.ToString(CultureInfo.InvariantCulture)};");
        }
    }

    /// <summary>Writes a method, a property or a constructor.</summary>
    /// <param name="documentation">Its lines, <c>///</c> before each; empty for an explicit one.</param>
    /// <param name="body">What it does in a model that runs.</param>
    public void Member(Signature signature, string documentation, Body body)
    {
        if (!HasRoomFor(signature.Shape))
        {
            return;
        }

        Code.Line();
        foreach (string above in new[] { documentation, signature.Attribute })
        {
            if (above.Length > 0)
            {
                Code.Line(above);
            }
        }

        Filling(body).Write(Code, signature);
    }

    /// <summary>Writes an empty line.</summary>
    public void Gap() => Code.Line();

    /// <summary>Writes a type inside the class, of which the runtime has the base.</summary>
    /// <param name="parameters">Of its constructor; the base takes the same.</param>
    public void Type(
        string name, string documentation, string baseType, (string Type, string Name)[] parameters, Action members)
    {
        string type = TypeName(name);
        Code.Line();
        Code.Line(documentation);
        using (Code.Block($"public sealed class {type} : {baseType}"))
        {
            string[] declared = [.. parameters.Select(parameter => $"{parameter.Type} {parameter.Name}")];

            // One behind the name, several below it.
            Code.Line(declared.Length == 1
                ? $"internal {type}({declared[0]})"
                : $"internal {type}(\n    {string.Join(", ", declared)})");
            Code.Line($"    : base({string.Join(", ", parameters.Select(parameter => parameter.Name))})");
            Code.Scope().Dispose();
            IsInType = true;
            members();
            IsInType = false;
        }
    }

    /// <summary>What stands in the place of a body.</summary>
    protected abstract Body Filling(Body body);

    /// <summary>False where a member cannot stand beside those that the user wrote.</summary>
    protected virtual bool HasRoomFor(MemberShape member) => true;
}

/// <summary>Writes the face of a model that runs.</summary>
internal sealed class SoundFaceWriter(CodeWriter code) : FaceWriter(code)
{
    public override void Private(Action<CodeWriter> write)
    {
        Code.Line();
        write(Code);
    }

    protected override Body Filling(Body body) => body;
}

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
