using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace RnnGen.Generator.Tests.Purity;

/// <summary>
/// Walks everything that a value of the pipeline holds on to. Allowed are plain values and the generator's own
/// immutable, equatable types; what keeps an old compilation alive, could change or compares by reference is not.
/// </summary>
internal static class ObjectGraph
{
    /// <summary>What does not belong into a pipeline's value: where it lies, and why; empty if nothing does.</summary>
    public static IReadOnlyList<string> Impurities(object? root, params Assembly[] own)
    {
        var found = new List<string>();
        Walk(root, root?.GetType().Name ?? "null", new HashSet<object>(ReferenceEqualityComparer.Instance));
        return found;

        void Walk(object? value, string path, HashSet<object> visited)
        {
            if (value is null || IsPlain(value.GetType()))
                return;
            if (!value.GetType().IsValueType && !visited.Add(value))
                return;
            if (Fault(value.GetType(), own) is { } fault)
            {
                found.Add($"{path}: {fault}");
                return;
            }

            if (IsImmutableArray(value.GetType()))
                WalkAll(ElementsOf(value), path, visited);
            else
                WalkFields(value, path, visited);
        }

        void WalkFields(object value, string path, HashSet<object> visited)
        {
            foreach (var field in FieldsOf(value.GetType()))
            {
                var place = $"{path}.{NameOf(field)}";
                if (!field.IsInitOnly && !IsTuple(value.GetType()))
                    found.Add($"{place}: the field can be written after construction");
                if (field.GetValue(value) is Array array && IsEquatableArray(value.GetType()))
                    WalkAll(array, place, visited);
                else
                    Walk(field.GetValue(value), place, visited);
            }
        }

        void WalkAll(System.Collections.IEnumerable elements, string path, HashSet<object> visited)
        {
            int index = 0;
            foreach (var element in elements)
                Walk(element, $"{path}[{index++}]", visited);
        }
    }

    private static string? Fault(Type type, Assembly[] own)
    {
        if (typeof(ISymbol).IsAssignableFrom(type))
            return "a symbol keeps its compilation alive";
        if (typeof(SyntaxNode).IsAssignableFrom(type) || typeof(SyntaxTree).IsAssignableFrom(type))
            return "syntax keeps its tree alive";
        if (typeof(Compilation).IsAssignableFrom(type) || typeof(SemanticModel).IsAssignableFrom(type))
            return "a compilation";
        if (typeof(Location).IsAssignableFrom(type) || typeof(Diagnostic).IsAssignableFrom(type))
            return "a location keeps its tree alive";
        if (typeof(Delegate).IsAssignableFrom(type))
            return "a delegate compares by reference";
        if (IsTuple(type) || IsImmutableArray(type))
            return null;
        if (!own.Contains(type.Assembly))
            return $"{type.FullName} is no plain value";
        return IsEquatable(type) ? null : $"{type.FullName} does not implement IEquatable of itself";
    }

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal)
        || type == typeof(TextSpan) || type == typeof(LinePosition) || type == typeof(LinePositionSpan);

    private static bool IsTuple(Type type) =>
        type.IsGenericType && type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal);

    private static bool IsImmutableArray(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>);

    // The generator's collection: the one type that may wrap an array, since it compares its elements.
    private static bool IsEquatableArray(Type type) => type.Name.StartsWith("EquatableArray", StringComparison.Ordinal);

    private static bool IsEquatable(Type type)
    {
        for (var t = type; t is not null && t != typeof(object); t = t.BaseType)
        {
            if (typeof(IEquatable<>).MakeGenericType(t).IsAssignableFrom(type))
                return true;
        }

        return false;
    }

    private static System.Collections.IEnumerable ElementsOf(object immutableArray)
    {
        bool isDefault = (bool)immutableArray.GetType().GetProperty("IsDefault")!.GetValue(immutableArray)!;
        return isDefault ? Array.Empty<object>() : (System.Collections.IEnumerable)immutableArray;
    }

    private static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.DeclaredOnly;
        for (var t = type; t is not null && t != typeof(object) && t != typeof(ValueType); t = t.BaseType)
        {
            foreach (var field in t.GetFields(Own))
                yield return field;
        }
    }

    // "<Name>k__BackingField" is a property's.
    private static string NameOf(FieldInfo field) =>
        field.Name[0] == '<' ? field.Name[1..field.Name.IndexOf('>')] : field.Name;
}
