using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace RnnGen.Benchmarks.Inspection;

/// <summary>
/// What an instruction waits for and what it changes: registers by one name for all their widths, the flags, and
/// places on the stack by the text of their address. Memory elsewhere is taken to be written by nobody.
/// </summary>
/// <param name="Operands">What it computes with.</param>
/// <param name="Address">What it needs to load an operand: the address's registers, and the place's content.</param>
/// <param name="Writes">What it changes.</param>
internal sealed partial record Effects(
    ImmutableArray<string> Operands, ImmutableArray<string> Address, ImmutableArray<string> Writes)
{
    private const string Flags = "flags";

    public static Effects Of(Instruction instruction)
    {
        string[] operands = Comma().Split(instruction.Operands);
        string mnemonic = instruction.Mnemonic;
        string? memory = operands.FirstOrDefault(operand => operand.Contains('['));
        bool stores = memory is not null && memory == operands[0] && !ComparesOnly(mnemonic);
        bool loads = memory is not null && mnemonic != "lea" && !(stores && Overwrites(mnemonic, operands));
        var reads = new List<string>();
        for (int i = 0; i < operands.Length; i++)
        {
            bool isResult = i == 0 && !ComparesOnly(mnemonic);
            if (!operands[i].Contains('[') && !(isResult && Overwrites(mnemonic, operands)))
            {
                reads.AddRange(Registers(operands[i]));
            }
            else if (operands[i].Contains('[') && mnemonic == "lea")
            {
                reads.AddRange(Registers(operands[i]));
            }
        }

        if (IsZero(mnemonic, operands))
        {
            reads.Clear();
        }

        if (ReadsFlags(mnemonic))
        {
            reads.Add(Flags);
        }

        // A store waits for its address, too, but what it stores is there for others once it has the value.
        string[] address = loads && memory is not null ? [.. Registers(memory), .. Place(memory)] : [];
        string[] writes = stores ? [.. Place(memory!)] : ComparesOnly(mnemonic) ? [] : [.. Registers(operands[0])];
        return new Effects([.. reads], [.. address], WritesFlags(mnemonic) ? [.. writes, Flags] : [.. writes]);
    }

    // Whether the first operand is only written. Multiply-adds and a few more add to it; all other vector instructions
    // have their sources behind it.
    private static bool Overwrites(string mnemonic, string[] operands) => mnemonic[0] == 'v'
        ? !Accumulating().IsMatch(mnemonic)
        : mnemonic is "lea" or "pop" or "tzcnt" or "lzcnt" or "popcnt" or "andn" or "bzhi" or "rorx" or "mulx"
            || mnemonic.StartsWith("mov", StringComparison.Ordinal)
            || mnemonic.StartsWith("set", StringComparison.Ordinal)
            || mnemonic.StartsWith('k')
            || (mnemonic == "imul" && operands.Length == 3);

    private static bool ComparesOnly(string mnemonic) => mnemonic is "cmp" or "test" or "bt" or "vptest" or "vtestps"
        or "vtestpd" or "push" || mnemonic[0] == 'j' || mnemonic.EndsWith("comiss", StringComparison.Ordinal)
        || mnemonic.EndsWith("comisd", StringComparison.Ordinal)
        || mnemonic.StartsWith("kortest", StringComparison.Ordinal);

    private static bool ReadsFlags(string mnemonic) => mnemonic is "adc" or "sbb"
        || mnemonic.StartsWith("set", StringComparison.Ordinal)
        || mnemonic.StartsWith("cmov", StringComparison.Ordinal);

    private static bool WritesFlags(string mnemonic) => mnemonic[0] == 'v' || mnemonic[0] == 'k'
        ? ComparesOnly(mnemonic)
        : mnemonic is not ("lea" or "push" or "pop" or "not") && mnemonic[0] != 'j'
            && !mnemonic.StartsWith("mov", StringComparison.Ordinal)
            && !mnemonic.StartsWith("set", StringComparison.Ordinal)
            && !mnemonic.StartsWith("cmov", StringComparison.Ordinal);

    // A register combined with itself, which the processor knows to be zero.
    private static bool IsZero(string mnemonic, string[] operands) => operands.Length >= 2
        && operands[^1] == operands[^2]
        && (mnemonic is "xor" or "sub" or "vpxor" or "vpxord" or "vpxorq" || mnemonic.StartsWith("vxorp"));

    private static IEnumerable<string> Place(string operand) =>
        StackAddress().Match(operand) is { Success: true } place ? [place.Value] : [];

    private static IEnumerable<string> Registers(string operand) => Register().Matches(operand).Select(Family);

    // eax, ax and al are rax; xmm0 and zmm0 are ymm0; r8d is r8.
    private static string Family(Match register)
    {
        if (register.Groups["vector"].Success)
        {
            return $"ymm{register.Groups["vector"].Value}";
        }

        return register.Groups["numbered"].Success
            ? register.Groups["numbered"].Value
            : register.Groups["mask"].Success
                ? register.Value
                : $"r{register.Groups["letter"].Value}{(register.Groups["pointer"].Success
                    ? register.Groups["pointer"].Value
                    : "x")}";
    }

    [GeneratedRegex(@"\s*,\s*(?![^\[]*\])")]
    private static partial Regex Comma();

    [GeneratedRegex(@"^vfn?m|^vpternlog|^vperm[it]2|^vpdp")]
    private static partial Regex Accumulating();

    [GeneratedRegex(@"\[r[sb]p[^\]]*\]")]
    private static partial Regex StackAddress();

    [GeneratedRegex(
        @"\b(?:[xyz]mm(?<vector>\d+)|(?<numbered>r\d+)[dwb]?|(?<mask>k[0-7])"
        + @"|[re]?(?:(?<letter>[abcd])x|(?<letter>[sd])(?<pointer>i)l?|(?<letter>[sb])(?<pointer>p)l?)"
        + @"|(?<letter>[abcd])[lh])\b")]
    private static partial Regex Register();
}
