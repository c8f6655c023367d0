using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>The mean of each sequence's rows.</summary>
internal sealed class MeanLayer() : PoolLayer(PoolKind.Mean);
