using System.Text.RegularExpressions;

namespace RnnGen.Benchmarks.Inspection;

/// <summary>What some instructions write to the stack and read from it: registers that the JIT has spilled.</summary>
/// <param name="VectorStores">Stores of vector registers.</param>
/// <param name="VectorLoads">Loads into vector registers, operands of arithmetic among them.</param>
/// <param name="GeneralStores">Stores of other registers; those that a method saves for its caller are not counted.
/// </param>
/// <param name="GeneralLoads">Loads of other registers.</param>
internal sealed partial record StackTraffic(int VectorStores, int VectorLoads, int GeneralStores, int GeneralLoads)
{
    public static StackTraffic Of(IEnumerable<Instruction> instructions, bool hasFramePointer)
    {
        Kind[] kinds = [.. instructions.Select(instruction => KindOf(instruction, hasFramePointer))];
        return new StackTraffic(
            kinds.Count(kind => kind == Kind.VectorStore), kinds.Count(kind => kind == Kind.VectorLoad),
            kinds.Count(kind => kind == Kind.GeneralStore), kinds.Count(kind => kind == Kind.GeneralLoad));
    }

    /// <summary>Whether an instruction reads the stack or writes to it.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="hasFramePointer">Whether <c>rbp</c> points into the frame; else it is any register.</param>
    public static bool Touches(Instruction instruction, bool hasFramePointer) =>
        KindOf(instruction, hasFramePointer) != Kind.None;

    public override string ToString() =>
        $"vector_stores={VectorStores} vector_loads={VectorLoads} general_stores={GeneralStores} "
        + $"general_loads={GeneralLoads}";

    private static Kind KindOf(Instruction instruction, bool hasFramePointer)
    {
        // The address alone is no access; and whatever is above rbp is an argument, where the caller has put it.
        Match address = Address().Match(instruction.Operands);
        if (!address.Success
            || instruction.Mnemonic == "lea"
            || (address.Groups["register"].Value == "rbp" && !(hasFramePointer && address.Groups["below"].Success)))
        {
            return Kind.None;
        }

        bool stores = address.Index == 0 && instruction.Mnemonic is not ("cmp" or "test" or "bt");
        bool isVector = VectorRegister().IsMatch(instruction.Operands);
        return (isVector, stores) switch
        {
            (true, true) => Kind.VectorStore,
            (true, false) => Kind.VectorLoad,
            (false, true) => Kind.GeneralStore,
            _ => Kind.GeneralLoad,
        };
    }

    [GeneratedRegex(@"(?:\w+ ptr )?\[(?<register>rsp|rbp)\b(?<below>[^\]]*-0x)?[^\]]*\]")]
    private static partial Regex Address();

    [GeneratedRegex(@"\b[xyz]mm\d+")]
    private static partial Regex VectorRegister();

    private enum Kind
    {
        None,
        VectorStore,
        VectorLoad,
        GeneralStore,
        GeneralLoad,
    }
}
