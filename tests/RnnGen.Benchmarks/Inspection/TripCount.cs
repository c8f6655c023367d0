using System.Globalization;

namespace RnnGen.Benchmarks.Inspection;

/// <summary>
/// How often a loop runs, where its code shows it: a register that begins with a constant, changes by a constant once
/// in the body, and is compared with a constant, or with zero by the change itself.
/// </summary>
internal static class TripCount
{
    public static int? Of(CodeLoop loop)
    {
        foreach (CodeBlock block in loop.OwnBlocks().Reverse())
        {
            for (int i = block.Instructions.Length - 1; i > 0; i--)
            {
                // Vector instructions, which leave the flags alone, may stand between the test and its jump.
                int test = i - 1;
                while (test > 0 && block.Instructions[test].Mnemonic[0] == 'v')
                {
                    test--;
                }

                if (block.Instructions[i].IsConditionalJump
                    && Count(loop, block.Instructions[test], block.Instructions[i].Mnemonic) is { } count)
                {
                    return count;
                }
            }
        }

        return null;
    }

    private static int? Count(CodeLoop loop, Instruction test, string jump)
    {
        string[] operands = Split(test);
        string register = operands[0];
        (int? limit, bool comparesChange) = test.Mnemonic switch
        {
            "cmp" when operands.Length == 2 => (Constant(operands[1]), false),
            "dec" or "sub" or "add" when jump is "jne" or "je" => (0, true),
            _ => ((int?)null, false),
        };
        Instruction[] writes =
        [
            .. loop.OwnBlocks().SelectMany(block => block.Instructions).Where(one => Writes(one, register)),
        ];
        if (limit is not { } end
            || writes is not [Instruction change]
            || Change(change) is not { } step
            || Initial(loop, register) is not { } start)
        {
            return null;
        }

        int distance = Math.Sign(step) * (end - start);
        int size = Math.Abs(step);
        bool isInclusive = !comparesChange && (step > 0
            ? jump is "jle" or "jg" or "jbe" or "ja"
            : jump is "jl" or "jge" or "jb" or "jae");
        int count = isInclusive ? (distance / size) + 1 : (distance + size - 1) / size;
        return count > 0 ? count : null;
    }

    private static bool Writes(Instruction instruction, string register) =>
        instruction.Mnemonic is not ("cmp" or "test") && Split(instruction)[0] == register;

    // By how much an instruction changes the register that it writes; null where that is no constant.
    private static int? Change(Instruction instruction)
    {
        string[] operands = Split(instruction);
        int? constant = operands.Length == 2 ? Constant(operands[1]) : null;
        int? change = instruction.Mnemonic switch
        {
            "inc" => 1,
            "dec" => -1,
            "add" => constant,
            "sub" => -constant,
            _ => null,
        };
        return change == 0 ? null : change;
    }

    // What the last instruction in front of the loop that writes the register has written.
    private static int? Initial(CodeLoop loop, string register)
    {
        for (int block = loop.First - 1; block >= 0; block--)
        {
            foreach (Instruction instruction in loop.Method.Blocks[block].Instructions.Reverse())
            {
                if (Writes(instruction, register))
                {
                    string[] operands = Split(instruction);
                    return instruction.Mnemonic switch
                    {
                        "xor" when operands is [_, var other] && other == register => 0,
                        "mov" when operands.Length == 2 => Constant(operands[1]),
                        _ => null,
                    };
                }
            }
        }

        return null;
    }

    private static string[] Split(Instruction instruction) => instruction.Operands.Split(
        ',', StringSplitOptions.TrimEntries);

    private static int? Constant(string operand)
    {
        bool isHexadecimal = operand.StartsWith("0x", StringComparison.Ordinal);
        NumberStyles style = isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowLeadingSign;
        return int.TryParse(isHexadecimal ? operand[2..] : operand, style, CultureInfo.InvariantCulture, out int value)
            ? value
            : null;
    }
}
