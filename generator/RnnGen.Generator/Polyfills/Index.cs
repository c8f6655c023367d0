using Microsoft.CodeAnalysis;

namespace System;

/// <summary>Lets the compiler accept <c>[^1]</c>.</summary>
[Embedded]
internal readonly struct Index(int value, bool fromEnd = false)
{
    public int Value { get; } = value;

    public bool IsFromEnd { get; } = fromEnd;

    public static implicit operator Index(int value) => new(value);

    public int GetOffset(int length) => IsFromEnd ? length - Value : Value;
}
