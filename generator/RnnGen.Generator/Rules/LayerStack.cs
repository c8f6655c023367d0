using RnnGen.Generator.Composition;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>A model's layers by their roles: what rules about the order of layers ask for.</summary>
internal sealed class LayerStack(ModelSpec model)
{
    private readonly Wiring _wiring = new(model);
    private readonly LayerRole?[] _roles = [.. model.Layers.Select(layer => LayerCatalog.Find(layer)?.Role)];

    public int Count => _roles.Length;

    /// <summary>Index of the input layer, or -1.</summary>
    public int Source => First(LayerRole.Source);

    /// <summary>Index of the loss, or of the first of several; -1 without one.</summary>
    public int Loss => First(LayerRole.Loss);

    /// <summary>
    /// The layer that has left one row per sequence before some layer reads them, or -1. What stands below a loss is
    /// misplaced anyhow.
    /// </summary>
    public int PoolAbove(int layer)
    {
        for (int i = layer; _wiring.Sources(i).Count > 0;)
        {
            i = _wiring.Sources(i)[0];
            if (Is(i, LayerRole.Loss))
            {
                return -1;
            }

            if (Is(i, LayerRole.Pool))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The layer whose rows a layer reads, or -1: the one above it, or the one that it begins from.</summary>
    public int ReadBy(int layer) => _wiring.Sources(layer) is [int first, ..] ? first : -1;

    public string Name(int layer) => model.Layers[layer].Title;

    public bool Is(int layer, LayerRole role) => layer >= 0 && _roles[layer] == role;

    /// <summary>Layers of a role, from some index on.</summary>
    public IEnumerable<int> All(LayerRole role, int from = 0) =>
        Enumerable.Range(from, Count - from).Where(layer => Is(layer, role));

    private int First(LayerRole role) => Array.IndexOf(_roles, role);
}
