using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>A set of instructions that code is emitted for: what planning must know of it.</summary>
/// <param name="Name">As in the runtime's enum of the same name.</param>
/// <param name="Bits">Width of a vector register; 0 for scalar code.</param>
/// <param name="Registers">Vector registers that a kernel may use.</param>
internal sealed record SimdTarget(string Name, int Bits, int Registers)
{
    public static EquatableArray<SimdTarget> All { get; } = new(
    [
        new SimdTarget("Avx512", 512, 32),
        new SimdTarget("Avx2", 256, 16),
        new SimdTarget("Vector128", 128, 16),
        new SimdTarget("Scalar", 0, 16),
    ]);

    // More rows than this need more general registers for row pointers than there are.
    private const int MostTileRows = 8;

    /// <summary>The widest panel, in vectors: with four, a row of accumulators is a unit's gates.</summary>
    public int MostPanelVectors => 4;

    /// <summary>Sums at once in a streaming step: enough to hide the latency of an addition.</summary>
    public int StepVectors => Registers > 16 ? 16 : 8;

    /// <summary>Numbers in a vector.</summary>
    public int Lanes(Precision precision) => Math.Max(1, Bits / (precision == Precision.Double ? 64 : 32));

    /// <summary>
    /// Rows of the highest tile of a width: the accumulators fill the registers, less one for the broadcast and what is
    /// left of a panel's row that instructions do not read from memory.
    /// </summary>
    public int TileRows(int vectors) =>
        Math.Min(MostTileRows, (Registers - (Registers > 16 ? vectors + 1 : 3)) / vectors);

    /// <summary>The panel width that covers some column vectors with the least waste, the widest of equals.</summary>
    public int PanelVectors(int vectors)
    {
        int panels = ((vectors - 1) / MostPanelVectors) + 1;
        return ((vectors - 1) / panels) + 1;
    }
}
