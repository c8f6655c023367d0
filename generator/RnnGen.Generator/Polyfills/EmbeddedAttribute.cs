namespace Microsoft.CodeAnalysis;

/// <summary>
/// The compiler hides types with this attribute from other assemblies, also from those that see this one's internals:
/// the tests run on .NET, which has all that is declared in this folder.
/// </summary>
[Embedded]
internal sealed class EmbeddedAttribute : Attribute;
