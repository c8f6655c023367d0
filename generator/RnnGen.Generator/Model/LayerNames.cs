using System.Globalization;

namespace RnnGen.Generator.Model;

/// <summary>What layers are called, and what members are called after them.</summary>
internal static class LayerNames
{
    /// <summary>By its Name, or its kind, numbered from the second on.</summary>
    /// <param name="kinds">How many of each kind there are so far in the stack.</param>
    public static string Of(LayerSpec layer, Dictionary<string, int> kinds)
    {
        if (layer.Text("Name") is { } name)
        {
            return name;
        }

        string kind = SnakeCase(layer.Name);
        kinds[kind] = kinds.TryGetValue(kind, out int count) ? count + 1 : 1;
        return count == 0 ? kind : kind + count.ToString(CultureInfo.InvariantCulture);
    }

    public static string SnakeCase(string name) => string.Concat(name.Select(
        (c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>An identifier out of a name: <c>EncoderLstm</c> for <c>encoder.lstm</c>.</summary>
    public static string Identifier(string name) => string.Concat(
        name.Split('.', '_', '-', ' ').Where(word => word.Length > 0)
            .Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
}
