using System.Collections.Immutable;
using System.Globalization;

namespace RnnGen.Benchmarks.Inspection;

/// <summary>What llvm-mca makes of some instructions, run again and again.</summary>
/// <param name="Cycles">Cycles of one run.</param>
/// <param name="Instructions">Instructions of one run that it knows.</param>
internal sealed record Throughput(double Cycles, double Instructions)
{
    /// <summary>The unit of the processor that is taken longest, and its cycles of one run.</summary>
    public required (string Name, double Cycles) Busiest { get; init; }

    /// <summary>Cycles of one run that it takes to hand all instructions on.</summary>
    public required double DispatchCycles { get; init; }

    /// <summary>What llvm-mca takes for the critical sequence: instructions that wait for results or for units.
    /// </summary>
    public required ImmutableArray<string> Critical { get; init; }

    /// <summary>Instructions that llvm-mca does not know, and that are missing in the figures.</summary>
    public required ImmutableArray<string> LeftOut { get; init; }

    /// <summary>What bounds the time: a unit, the handing on of instructions, or a chain of results.</summary>
    /// <param name="chain">Cycles of the longest chain.</param>
    public string Bound(double chain) => chain >= Math.Max(Busiest.Cycles, DispatchCycles)
        ? "dependencies"
        : DispatchCycles > Busiest.Cycles ? "dispatch" : Busiest.Name;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"cycles={Cycles:0.##} per_cycle={Instructions / Cycles:0.##} busiest={Busiest.Name}:{Busiest.Cycles:0.##} "
        + $"dispatch={DispatchCycles:0.##}");
}
