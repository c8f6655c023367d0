using System.Globalization;

namespace RnnGen.Generator.Planning;

/// <summary>A number that emitted code calls by the name of a constant.</summary>
internal readonly record struct NamedNumber(int Value, string Name)
{
    public static implicit operator int(NamedNumber number) => number.Value;

    /// <summary>A number without a constant of its own.</summary>
    public static implicit operator NamedNumber(int value) => new(value, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>As emitted code writes it.</summary>
    public override string ToString() => Name;
}
