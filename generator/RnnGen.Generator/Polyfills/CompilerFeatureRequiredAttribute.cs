using Microsoft.CodeAnalysis;

namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler accept <c>required</c>, with <see cref="RequiredMemberAttribute"/>.</summary>
[Embedded, AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
{
    public string FeatureName { get; } = featureName;

    public bool IsOptional { get; init; }
}
