using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>All layers. A recurrent layer and a loss are known by what their attributes derive from, others by
/// name.</summary>
internal static class LayerCatalog
{
    public static IReadOnlyDictionary<string, Layer> ByAttribute { get; } = new Dictionary<string, Layer>
    {
        ["RnnGen.InputAttribute"] = new InputLayer(),
        ["RnnGen.EmbeddingAttribute"] = new EmbeddingLayer(),
        ["RnnGen.DenseAttribute"] = new DenseLayer(),
        ["RnnGen.DropoutAttribute"] = new DropoutLayer(),
        ["RnnGen.LayerNormAttribute"] = new LayerNormLayer(),
        ["RnnGen.LastAttribute"] = new LastLayer(),
        ["RnnGen.MeanAttribute"] = new MeanLayer(),
        ["RnnGen.MaxAttribute"] = new MaxLayer(),
        ["RnnGen.ActivationAttribute"] = new ActivationLayer(),
        ["RnnGen.AddAttribute"] = new AddLayer(),
        ["RnnGen.ConcatenateAttribute"] = new ConcatenateLayer(),
        ["RnnGen.FromAttribute"] = new FromLayer(),
        ["RnnGen.AttentionAttribute"] = new AttentionLayer(),
    };

    private static readonly Layer Recurrent = new RecurrentLayer();

    private static readonly Layer Loss = new LossLayer();

    /// <summary>The layer that an attribute declares, or null for one that is not known.</summary>
    public static Layer? Find(LayerSpec layer) =>
        layer.Cell is not null || layer.CellProblem is not null ? Recurrent
        : layer.Loss is not null ? Loss
        : ByAttribute.TryGetValue(layer.Attribute, out Layer? known) ? known
        : null;
}
