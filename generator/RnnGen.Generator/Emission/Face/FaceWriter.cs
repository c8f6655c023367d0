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
