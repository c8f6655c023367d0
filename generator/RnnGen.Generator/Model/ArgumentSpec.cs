namespace RnnGen.Generator.Model;

/// <summary>An attribute argument: a number (enums and booleans as their values) or a text.</summary>
/// <param name="Text">The text, or the name of an enum's member; null where there is none.</param>
internal sealed record ArgumentSpec(string Name, double Number, string? Text)
{
    public required ArgumentKind Kind { get; init; }

    /// <summary>The type of an enum's value.</summary>
    public EnumSpec? Enum { get; init; }

    /// <summary>A constructor's argument, not a property's.</summary>
    public bool IsPositional => Name.Length > 0 && char.IsLower(Name[0]);
}

internal enum ArgumentKind
{
    Integer,
    Real,
    Flag,
    Text,
    Enum,

    /// <summary>Null, a type, an array.</summary>
    Other,
}

/// <summary>An enum that the user chooses a value of.</summary>
internal sealed record EnumSpec(string Name, EquatableArray<string> Members);
