using Microsoft.CodeAnalysis;

namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler accept <c>required</c>, with <see cref="CompilerFeatureRequiredAttribute"/>.</summary>
[Embedded, AttributeUsage(AttributeTargets.All, Inherited = false)]
internal sealed class RequiredMemberAttribute : Attribute;
