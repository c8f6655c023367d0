using System.Reflection;
using System.Reflection.Emit;

namespace RnnGen.Numerics.Tests.Budgets;

/// <summary>What the JIT counts before it decides how to compile a method.</summary>
/// <param name="Instructions">Instructions of intermediate code.</param>
/// <param name="Blocks">Places where a branch ends or starts, and so about the basic blocks.</param>
/// <param name="Locals">Local variables.</param>
internal sealed record MethodCode(int Instructions, int Blocks, int Locals)
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static MethodCode Of(MethodBase method)
    {
        MethodBody body = method.GetMethodBody()!;
        byte[] code = body.GetILAsByteArray()!;
        var starts = new HashSet<int> { 0 };
        int instructions = 0;
        for (int at = 0; at < code.Length; instructions++)
        {
            short value = code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at];
            OpCode operation = Codes[value];
            int operand = at + operation.Size;
            int next = operand + OperandLength(operation.OperandType, code, operand);
            foreach (int target in Targets(operation.OperandType, code, operand, next))
            {
                starts.Add(target);
                starts.Add(next);
            }

            at = next;
        }

        return new MethodCode(instructions, starts.Count, body.LocalVariables.Count);
    }

    private static int OperandLength(OperandType type, byte[] code, int operand) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, operand)),
        _ => 4,
    };

    private static IEnumerable<int> Targets(OperandType type, byte[] code, int operand, int next) => type switch
    {
        OperandType.ShortInlineBrTarget => [next + (sbyte)code[operand]],
        OperandType.InlineBrTarget => [next + BitConverter.ToInt32(code, operand)],
        OperandType.InlineSwitch => Enumerable.Range(0, BitConverter.ToInt32(code, operand))
            .Select(i => next + BitConverter.ToInt32(code, operand + 4 + (4 * i))),
        _ => [],
    };
}
