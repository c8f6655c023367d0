using RnnGen.Benchmarks.Inspection;

namespace RnnGen.Benchmarks.Tests.Inspection;

public sealed class InstructionTests
{
    [Theory]
    [InlineData("vmovups  ymm0, ymmword ptr [rdi+0x20]", "vmovups ymm0, ymmword ptr [rdi+0x20]")]
    [InlineData("vbroadcastss ymm7, dword ptr [reloc @RWD08]", "vbroadcastss ymm7, dword ptr [rip + 8]")]
    [InlineData("vaddps   ymm0, ymm0, ymmword ptr [reloc @RWD00]", "vaddps ymm0, ymm0, ymmword ptr [rip + 0]")]
    [InlineData("mov      rdi, gword ptr [rbp-0x18]", "mov rdi, qword ptr [rbp-0x18]")]
    [InlineData("lea      rsi, bword ptr [r15+4*rsi]", "lea rsi, qword ptr [r15+4*rsi]")]
    [InlineData("lea      rax, G_M000_IG05", "lea rax, [rip]")]
    [InlineData("mov      rax, qword ptr [(reloc 0x7f00aa00)]", "mov rax, qword ptr [rip]")]
    [InlineData("mov      rdi, 0x7F370F64A8C0      ; Models.Lstm", "mov rdi, 0x7F370F64A8C0")]
    [InlineData("jl       SHORT G_M000_IG03", "jl G_M000_IG03")]
    [InlineData("vextractf128 xmm1, ymm1", "vextractf128 xmm1, ymm1, 1")]
    [InlineData("vextractf128 xmm1, ymm1, 0", "vextractf128 xmm1, ymm1, 0")]
    [InlineData("vextractf32x8 ymm1, zmm1, 1", "vextractf32x8 ymm1, zmm1, 1")]
    [InlineData("vzeroupper ", "vzeroupper")]
    [InlineData("ret      ", null)]
    [InlineData("call     [Models.Other:Method(ptr,int):this]", null)]
    [InlineData("jmp      rax", null)]
    [InlineData("jne      SHORT  -5 instr", null)]
    public void Assembly_LineOfTheJit_IsWhatLlvmReads(string line, string? expected) =>
        Assert.Equal(expected, Instruction.Parse(line)!.Assembly);

    [Theory]
    [InlineData("")]
    [InlineData("       align    [1 bytes for IG05]")]
    [InlineData("; remark")]
    public void Parse_NoInstruction_IsNull(string line) => Assert.Null(Instruction.Parse(line));

    [Theory]
    [InlineData("je       G_M000_IG04", "G_M000_IG04", true)]
    [InlineData("jmp      SHORT G_M000_IG11", "G_M000_IG11", false)]
    [InlineData("jmp      [Models.Other:Method():this]", null, false)]
    [InlineData("lea      rax, G_M000_IG05", null, false)]
    public void JumpTarget_Jump_IsItsLabel(string line, string? target, bool isConditional)
    {
        Instruction instruction = Instruction.Parse(line)!;
        Assert.Equal(target, instruction.JumpTarget);
        Assert.Equal(isConditional, instruction.IsConditionalJump);
    }

    [Theory]
    [InlineData("call     CORINFO_HELP_RNGCHKFAIL", true)]
    [InlineData("tail.jmp [Models.Other:Method():this]", true)]
    [InlineData("jmp      [rax]", true)]
    [InlineData("jmp      SHORT G_M000_IG11", false)]
    public void IsCall_LeavesTheMethod(string line, bool expected) =>
        Assert.Equal(expected, Instruction.Parse(line)!.IsCall);
}
