using System.Text.RegularExpressions;

namespace RnnGen.Benchmarks.Inspection;

/// <summary>Cycles from an instruction's operands to its result.</summary>
/// <param name="cycles">Of each line of assembly that llvm-mca knows.</param>
internal sealed partial class Latencies(IReadOnlyDictionary<string, int> cycles)
{
    /// <summary>The lines whose latencies are asked for, of some instructions.</summary>
    public static IEnumerable<string> Lines(IEnumerable<Instruction> instructions) =>
        instructions.Select(instruction => instruction.Assembly).OfType<string>()
            .SelectMany(line => (string[])[line, OnRegisters(line)]).Distinct();

    /// <summary>With the load of an operand in memory, if there is one.</summary>
    public int WithLoad(Instruction instruction) =>
        instruction.Assembly is { } line ? cycles.GetValueOrDefault(line) : 0;

    /// <summary>From the operands in registers alone: one in memory is there before them.</summary>
    public int WithoutLoad(Instruction instruction)
    {
        int all = WithLoad(instruction);
        return instruction.Assembly is { } line ? Math.Min(all, cycles.GetValueOrDefault(OnRegisters(line), all)) : 0;
    }

    // The same instruction with a register in place of what it loads; some do not exist, and llvm-mca says so.
    private static string OnRegisters(string line) => Memory().Replace(line, memory => memory.Groups[1].Value switch
    {
        "zmmword" => "zmm0",
        "ymmword" => "ymm0",
        "qword" when !Vector().IsMatch(line) => "rax",
        "dword" when !Vector().IsMatch(line) => "eax",
        _ => "xmm0",
    });

    // Not the first operand, into which an instruction stores.
    [GeneratedRegex(@"(?<=,\s*)(\w+) ptr \[[^\]]*\]")]
    private static partial Regex Memory();

    [GeneratedRegex(@"\b[xyz]mm\d")]
    private static partial Regex Vector();
}
