using System.Reflection;
using RnnGen.Cells;

namespace RnnGen.Tests.Catalog;

/// <summary>
/// What the runtime ships for models to be declared with, found by reflection: every layer, loss and cell; every option
/// of a layer, as it is by default and otherwise; every member of the enums that options are of. Tests demand models
/// with each of them.
/// </summary>
public static class ShippedFeatures
{
    private const string Ending = "Attribute";

    private static readonly Type[] Exported = typeof(LayerAttribute).Assembly.GetExportedTypes();

    /// <summary>The attributes that a model can be declared with.</summary>
    public static IReadOnlyList<Type> Layers { get; } =
    [
        // The beginning of a stack is no layer, and belongs to models that have tests of their own.
        .. Exported.Where(type => type.IsSubclassOf(typeof(LayerAttribute)))
            .Where(type => !type.IsAbstract && !type.ContainsGenericParameters)
            .Where(type => !type.IsSubclassOf(typeof(StackAttribute))),
    ];

    /// <summary>All of them, in words.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Layers.Select(Layer)
            .Concat(Exported.Where(type => type.IsClass && type.IsAssignableTo(typeof(ICell))).Select(Cell))
            .Concat(Layers.SelectMany(Options).SelectMany(option => new[] { ByDefault(option), Otherwise(option) }))
            .Concat(Layers.SelectMany(Choices).SelectMany(choice => Enum.GetNames(choice.PropertyType)
                .Select(member => Member(choice.PropertyType, member))))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Those that a layer has.</summary>
    public static IEnumerable<string> Of(LayerAttribute layer)
    {
        Type type = layer.GetType();
        yield return Layer(type);
        for (Type? parent = type; parent is not null; parent = parent.BaseType)
        {
            if (parent.IsGenericType && parent.GetGenericTypeDefinition() == typeof(RecurrentAttribute<>))
            {
                yield return Cell(parent.GenericTypeArguments[0]);
            }
        }

        LayerAttribute usual = Create(type);
        foreach (PropertyInfo option in Options(type))
        {
            bool isUsual = Equals(option.GetValue(layer), option.GetValue(usual));
            yield return isUsual ? ByDefault(option) : Otherwise(option);
        }

        foreach (PropertyInfo choice in Choices(type))
        {
            yield return Member(choice.PropertyType, choice.GetValue(layer)!.ToString()!);
        }
    }

    /// <summary>A layer with some arguments, all else as it is by default.</summary>
    public static LayerAttribute Create(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors().Single();
        return (LayerAttribute)constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(string) ? "layer"
            : parameter.HasDefaultValue ? parameter.DefaultValue
            : Activator.CreateInstance(parameter.ParameterType))]);
    }

    private static string Layer(Type type) => $"[{ShortName(type)}]";

    private static string Cell(Type type) => $"the cell {type.Name}";

    private static string ByDefault(PropertyInfo option) =>
        $"{ShortName(option.DeclaringType!)}.{option.Name} by default";

    private static string Otherwise(PropertyInfo option) =>
        $"{ShortName(option.DeclaringType!)}.{option.Name} otherwise";

    private static string Member(Type type, string member) => $"{type.Name}.{member}";

    private static string ShortName(Type type) =>
        type.Name.EndsWith(Ending, StringComparison.Ordinal) ? type.Name[..^Ending.Length] : type.Name;

    // Of the type that declares them: what holds for all recurrent layers is demanded once.
    private static IEnumerable<PropertyInfo> Options(Type type) => Properties(type)
        .Where(property => property.SetMethod?.IsPublic == true)
        .Select(property => property.DeclaringType!.GetProperty(property.Name)!);

    private static IEnumerable<PropertyInfo> Choices(Type type) =>
        Properties(type).Where(property => property.PropertyType.IsEnum);

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties().Where(property => property.DeclaringType!.Assembly == typeof(LayerAttribute).Assembly);
}
