using System.Text.RegularExpressions;

namespace RnnGen.Benchmarks.Inspection;

/// <summary>One instruction as the JIT lists it, in Intel's order of operands.</summary>
/// <param name="Mnemonic">Its name, for instance <c>vmovups</c>.</param>
/// <param name="Operands">The rest of the line without its remark; empty where there is nothing.</param>
internal sealed partial record Instruction(string Mnemonic, string Operands)
{
    /// <summary>The block that this one jumps to; null for all others.</summary>
    public string? JumpTarget { get; } = Mnemonic[0] == 'j' && Label().Match(Operands) is { Success: true } label
        ? label.Value
        : null;

    /// <summary>Whether it leaves the method for another; what runs there is not counted.</summary>
    public bool IsCall { get; } =
        Mnemonic is "call" or "tail.jmp" || (Mnemonic == "jmp" && !Label().IsMatch(Operands));

    public bool IsConditionalJump => JumpTarget is not null && Mnemonic != "jmp";

    /// <summary>
    /// The line as llvm-mca reads it; null where it has nothing to say: calls, returns, and jumps by a number of
    /// instructions, with which the JIT clears a frame.
    /// </summary>
    public string? Assembly
    {
        get
        {
            if (IsCall || Mnemonic is "ret" or "int3" || (Mnemonic[0] == 'j' && JumpTarget is null))
            {
                return null;
            }

            string operands = Operands.Replace("SHORT ", "", StringComparison.Ordinal);
            operands = Reference().Replace(operands, "qword ptr");
            operands = Constant().Replace(operands, "[rip + $1]");
            operands = Relocated().Replace(operands, "[rip]");
            if (Mnemonic == "lea")
            {
                operands = Label().Replace(operands, "[rip]");
            }

            // The JIT leaves the 1 out that takes the upper half.
            if (Mnemonic is "vextractf128" or "vextracti128" && operands.Count(letter => letter == ',') == 1)
            {
                operands += ", 1";
            }

            return $"{Mnemonic} {operands}".TrimEnd();
        }
    }

    /// <summary>Reads a line of a block; null for what is no instruction: padding, and what is empty.</summary>
    public static Instruction? Parse(string line)
    {
        string text = line.Split(';')[0].Trim();
        if (text.Length == 0)
        {
            return null;
        }

        string[] parts = text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        return parts[0] == "align" ? null : new Instruction(parts[0], parts.Length == 2 ? parts[1].Trim() : "");
    }

    public override string ToString() => $"{Mnemonic} {Operands}".TrimEnd();

    [GeneratedRegex(@"G_M\w+_IG\d+")]
    private static partial Regex Label();

    // A managed reference, or one into an object.
    [GeneratedRegex(@"\b[gb]word ptr")]
    private static partial Regex Reference();

    // A constant behind the method's code.
    [GeneratedRegex(@"\[reloc @RWD0*(\d+)\]")]
    private static partial Regex Constant();

    [GeneratedRegex(@"\[[^\]]*reloc [^\]]*\]")]
    private static partial Regex Relocated();
}
