using System.Globalization;
using System.Text.RegularExpressions;
using RnnGen.Tests.Catalog;

namespace RnnGen.Generator.Tests.Snapshots.Catalog;

/// <summary>
/// Whatever the runtime ships for models to be declared with is in a snapshot; what a model has is read off the table
/// at its accepted file's head.
/// </summary>
public sealed partial class SnapshotCoverageTests
{
    private static readonly Lazy<HashSet<string>> InSnapshots = new(() => [
        .. Repository.Files(Repository.Tests, "Model.g.verified.cs")
            .SelectMany(path => Rows().Matches(File.ReadAllText(path)))
            .SelectMany(row => ShippedFeatures.Of(Layer(row.Groups["name"].Value, row.Groups["arguments"].Value))),
    ]);

    public static TheoryData<string> Shipped => [.. ShippedFeatures.All];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Feature_OfTheRuntime_HasASnapshot(string feature) => Assert.True(
        InSnapshots.Value.Contains(feature),
        $"{feature} has no snapshot: add a small model with it to CellSnapshotTests or LayerSnapshotTests.");

    // "//   Rnn(5, Layers = 2, Dropout = 0.25)  [T, B, 5]  …"
    [GeneratedRegex(@"^//   (?<name>\w+)(\((?<arguments>.*)\))? +\[", RegexOptions.Multiline)]
    private static partial Regex Rows();

    private static LayerAttribute Layer(string name, string arguments)
    {
        Type type = ShippedFeatures.Layers.Single(type => type.Name == name + "Attribute");
        string[] texts = arguments.Length == 0 ? [] : arguments.Split(", ");
        string[] positional = [.. texts.Where(text => !text.Contains(" = ", StringComparison.Ordinal))];
        var constructor = type.GetConstructors().Single();
        var layer = (LayerAttribute)constructor.Invoke([.. constructor.GetParameters()
            .Select((parameter, i) => i < positional.Length
                ? Value(positional[i], parameter.ParameterType)
                : parameter.DefaultValue)]);
        foreach (string[] named in texts.Except(positional).Select(text => text.Split(" = ")))
        {
            var property = type.GetProperty(named[0])!;
            property.SetValue(layer, Value(named[1], property.PropertyType));
        }

        return layer;
    }

    private static object Value(string text, Type type) =>
        type.IsEnum ? Enum.Parse(type, text)
        : type == typeof(string) ? text.Trim('"')
        : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
}
