using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>The largest of each sequence's rows, number by number.</summary>
internal sealed class MaxLayer() : PoolLayer(PoolKind.Max);
