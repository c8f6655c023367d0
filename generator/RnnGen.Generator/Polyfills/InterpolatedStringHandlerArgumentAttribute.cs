using Microsoft.CodeAnalysis;

namespace System.Runtime.CompilerServices;

/// <summary>Names the arguments that an interpolated string's handler is made with.</summary>
[Embedded, AttributeUsage(AttributeTargets.Parameter)]
internal sealed class InterpolatedStringHandlerArgumentAttribute(params string[] arguments) : Attribute
{
    public string[] Arguments { get; } = arguments;
}
