using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Composition;

/// <summary>What to write so that a model without a loss can be trained.</summary>
internal static class LossAdvice
{
    /// <summary>A loss that fits the model; classes go with tokens.</summary>
    public static MissingLoss For(ModelSpec model)
    {
        LayerSpec last = model.Layers[model.Layers.Count - 1];
        bool hasHead = LayerCatalog.Find(last) is DenseLayer;
        bool mayBeLogits = !hasHead || (last.Integer("size", 0) > 1 && last.Number("Activation", 0) == 0);
        bool isOfClasses = mayBeLogits && LayerCatalog.Find(model.Layers[0]) is EmbeddingLayer;
        return new MissingLoss(
            $"{(hasHead ? "one" : "[Dense(size)] and a loss")} below '{last.Name}', for instance "
                + (isOfClasses ? "[CrossEntropy]" : "[MeanSquaredError]"),
            isOfClasses);
    }
}
