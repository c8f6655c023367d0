namespace RnnGen.Generator.Model;

/// <summary>A member of a class, as far as another member can clash with it.</summary>
/// <param name="Name">Its name; <c>.ctor</c> for a constructor.</param>
/// <param name="Arity">Type parameters of a method or type.</param>
/// <param name="Parameters">
/// Types of a method's parameters, as <c>global::System.ReadOnlySpan&lt;int&gt;</c>, one behind the other.
/// </param>
internal sealed record MemberShape(string Name, MemberKind Kind, int Arity, EquatableArray<string> Parameters)
{
    public const string Constructor = ".ctor";

    public static MemberShape Value(string name) => new(name, MemberKind.Value, 0, EquatableArray<string>.Empty);

    public static MemberShape Type(string name) => new(name, MemberKind.Type, 0, EquatableArray<string>.Empty);

    public static MemberShape Method(string name, params string[] parameters) =>
        new(name, MemberKind.Method, 0, new EquatableArray<string>(parameters));

    /// <summary>Whether the two cannot stand in one class; whether one hides the other, if that is inherited.</summary>
    public bool ClashesWith(MemberShape other) => Name == other.Name && (Kind, other.Kind) switch
    {
        (MemberKind.Method, MemberKind.Method) => Arity == other.Arity && Parameters.Equals(other.Parameters),
        (MemberKind.Type, MemberKind.Type) => Arity == other.Arity,
        _ => true,
    };
}

/// <summary>What is told apart by more than its name: types by type parameters, methods by parameters.</summary>
internal enum MemberKind
{
    /// <summary>A field, constant, property or event.</summary>
    Value,
    Type,

    /// <summary>A method or constructor.</summary>
    Method,
}

/// <summary>A member that the user wrote or that the class inherits.</summary>
/// <param name="InheritedFrom">The base class that has it; null for one of the class's own.</param>
/// <param name="IsRequired">Whoever makes an object must set it.</param>
internal sealed record MemberSpec(MemberShape Shape, string? InheritedFrom, bool IsRequired);
