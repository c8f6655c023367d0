using RnnGen.Benchmarks.Inspection;

namespace RnnGen.Benchmarks.Tests.Inspection;

public sealed class StackTrafficTests
{
    [Theory]
    [InlineData("vmovups ymmword ptr [rbp-0x30], ymm4", 1, 0, 0, 0)]
    [InlineData("vmovups zmm24, zmmword ptr [rbp-0x70]", 0, 1, 0, 0)]
    [InlineData("vmovss dword ptr [rsp+0x10], xmm0", 1, 0, 0, 0)]
    [InlineData("vfmadd132ps ymm9, ymm12, ymmword ptr [rbp-0xB0]", 0, 1, 0, 0)]
    [InlineData("mov qword ptr [rbp-0x10], rax", 0, 0, 1, 0)]
    [InlineData("mov rdi, gword ptr [rbp-0x18]", 0, 0, 0, 1)]
    [InlineData("mov eax, dword ptr [rsp+0x08]", 0, 0, 0, 1)]
    [InlineData("cmp dword ptr [rbp-0x2C], 8", 0, 0, 0, 1)]
    [InlineData("vmovups ymmword ptr [rdx+0x40], ymm4", 0, 0, 0, 0)]
    [InlineData("mov rax, qword ptr [rbp+0x10]", 0, 0, 0, 0)]
    [InlineData("lea rdi, [rbp-0x68]", 0, 0, 0, 0)]
    [InlineData("push rbp", 0, 0, 0, 0)]
    [InlineData("sub rsp, 304", 0, 0, 0, 0)]
    public void Of_Instruction_IsLoadOrStore(
        string line, int vectorStores, int vectorLoads, int generalStores, int generalLoads) => Assert.Equal(
            new StackTraffic(vectorStores, vectorLoads, generalStores, generalLoads),
            StackTraffic.Of([Instruction.Parse(line)!], hasFramePointer: true));

    [Fact]
    public void Of_MethodWithoutFramePointer_TakesRbpForAnyRegister() => Assert.Equal(
        new StackTraffic(0, 0, 0, 0),
        StackTraffic.Of([Instruction.Parse("vmovups ymm0, ymmword ptr [rbp-0x30]")!], hasFramePointer: false));
}
