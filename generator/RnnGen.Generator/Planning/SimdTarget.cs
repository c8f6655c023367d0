using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>A set of instructions that code is emitted for: what planning must know of it.</summary>
/// <param name="Name">As in the runtime's enum of the same name.</param>
/// <param name="Bits">Width of a vector register; 0 for scalar code.</param>
/// <param name="Registers">Vector registers that a kernel may use.</param>
/// <param name="ReadsConstants">
/// Whether a step's functions read their constants from memory, where they use them: instructions take an operand from
/// there at no cost. The JIT keeps whatever is used twice in registers, and if these are few, constants drive out sums.
/// </param>
internal sealed record SimdTarget(string Name, int Bits, int Registers, bool ReadsConstants = false)
{
    public static EquatableArray<SimdTarget> All { get; } = new(
    [
        new SimdTarget("Avx512", 512, 32),
        new SimdTarget("Avx2", 256, 16, ReadsConstants: true),
        new SimdTarget("Vector128", 128, 16),
        new SimdTarget("Scalar", 0, 16),
    ]);

    /// <summary>
    /// Bytes of a core's second-level cache on usual processors that have these instructions and no wider ones: plans
    /// are made before the processor is known. AVX-512 came with 1 MB to 2 MB; most with AVX2 have 256 KB to 512 KB.
    /// </summary>
    public int SecondCache => Bits > 256 ? 1024 * 1024 : 512 * 1024;

    /// <summary>
    /// Those of <see cref="All"/> that a project asks for: all where it names none, and where names are wrong.
    /// </summary>
    public static IEnumerable<SimdTarget> Of(GenerationOptions options) =>
        options.Targets is { Count: > 0 } names && names.All(IsName) && !names.Any(IsNameOfAll)
            ? All.Where(target => names.Any(target.IsCalled))
            : All;

    /// <summary>Whether a project may write this.</summary>
    public static bool IsName(string name) => IsNameOfAll(name) || All.Any(target => target.IsCalled(name));

    // Names of MSBuild know no case.
    private bool IsCalled(string name) => name.Equals(Name, StringComparison.OrdinalIgnoreCase);

    private static bool IsNameOfAll(string name) => name.Equals(nameof(All), StringComparison.OrdinalIgnoreCase);

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
