using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>The row of each sequence's last step; of the other direction, that of its first.</summary>
internal sealed class LastLayer() : PoolLayer(PoolKind.Last);
