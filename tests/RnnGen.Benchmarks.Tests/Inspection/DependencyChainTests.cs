using System.Collections.Immutable;
using RnnGen.Benchmarks.Inspection;

namespace RnnGen.Benchmarks.Tests.Inspection;

public sealed class DependencyChainTests
{
    private const int Load = 7;

    [Fact]
    public void Once_ResultsOfResults_AreTheChain()
    {
        Instruction[] instructions = Parse(
            "vmulps ymm1, ymm0, ymm0", "vaddps ymm2, ymm1, ymm3", "vaddps ymm4, ymm3, ymm3", "vmulps ymm5, ymm2, ymm4");
        var chain = DependencyChain.Once(instructions, LatenciesOf(instructions, 4));
        Assert.Equal(12, chain.Cycles);
        Assert.Equal([instructions[0], instructions[1], instructions[3]], chain.Links.AsEnumerable());
    }

    [Fact]
    public void Once_OperandInMemory_IsThereBeforeThoseInRegisters()
    {
        Instruction[] instructions = Parse(
            "vmulps ymm1, ymm0, ymm0", "vfmadd231ps ymm1, ymm2, ymmword ptr [rdi]",
            "vfmadd231ps ymm1, ymm2, ymmword ptr [rdi+0x20]");
        Assert.Equal(4 + 7 + 4, DependencyChain.Once(instructions, LatenciesOf(instructions, 4)).Cycles);
    }

    [Fact]
    public void Once_SpilledRegister_IsWaitedForInItsPlace()
    {
        Instruction[] instructions = Parse(
            "vmulps ymm1, ymm0, ymm0", "vmovups ymmword ptr [rbp-0x30], ymm1", "vmovups ymm2, ymmword ptr [rbp-0x50]",
            "vaddps ymm3, ymm4, ymmword ptr [rbp-0x30]");
        var chain = DependencyChain.Once(instructions, LatenciesOf(instructions, 4));
        Assert.Equal(4 + 4 + 4 + Load, chain.Cycles);
        Assert.Equal([instructions[0], instructions[1], instructions[3]], chain.Links.AsEnumerable());
    }

    [Theory]
    [InlineData("vxorps ymm1, ymm1, ymm1", 4)]
    [InlineData("vmovaps ymm1, ymm2", 4)]
    [InlineData("vaddps ymm1, ymm1, ymm2", 8)]
    [InlineData("vfmadd231ps ymm1, ymm2, ymm3", 8)]
    [InlineData("vaddps xmm1, xmm1, xmm2", 8)]
    public void Once_Writer_IsWaitedForByWhoReads(string line, int expected)
    {
        Instruction[] instructions = Parse("vmulps ymm1, ymm0, ymm0", line);
        Assert.Equal(expected, DependencyChain.Once(instructions, LatenciesOf(instructions, 4)).Cycles);
    }

    [Theory]
    [InlineData(4, "vfmadd231ps ymm1, ymm2, ymmword ptr [rdi]", "vfmadd231ps ymm3, ymm2, ymmword ptr [rdi]")]
    [InlineData(8, "vfmadd231ps ymm1, ymm2, ymm3", "vaddps ymm1, ymm1, ymm4")]
    [InlineData(0, "vmulps ymm1, ymm2, ymm3", "vaddps ymm4, ymm1, ymm1")]
    [InlineData(4, "movsxd rcx, eax", "vbroadcastss ymm1, dword ptr [rdx+4*rcx]", "add eax, 2")]
    [InlineData(8, "adc eax, ebx", "adc ecx, edx")]
    [InlineData(4 + Load, "mov rax, qword ptr [rax]")]
    [InlineData(4 + 4 + Load, "mov rax, qword ptr [rax]", "add eax, 8")]
    public void Loop_Result_IsCarriedFromRunToRun(int expected, params string[] lines)
    {
        Instruction[] body = Parse(lines);
        Assert.Equal(expected, DependencyChain.Loop(body, LatenciesOf(body, 4)).Cycles);
    }

    private static Instruction[] Parse(params string[] lines) => [.. lines.Select(line => Instruction.Parse(line)!)];

    // All take as long, and a load before longer.
    private static Latencies LatenciesOf(IEnumerable<Instruction> instructions, int cycles) => new(
        Latencies.Lines(instructions).ToImmutableDictionary(
            line => line, line => line.IndexOf('[') > line.IndexOf(',') ? cycles + Load : cycles));
}
