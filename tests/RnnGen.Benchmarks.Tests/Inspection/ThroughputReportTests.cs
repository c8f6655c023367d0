using RnnGen.Benchmarks.Inspection;

namespace RnnGen.Benchmarks.Tests.Inspection;

public sealed class ThroughputReportTests
{
    // Of llvm-mca 14, shortened.
    private const string Report =
        """
        Iterations:        100
        Instructions:      1700
        Total Cycles:      415
        Total uOps:        1800

        Dispatch Width:    6
        uOps Per Cycle:    4.34
        IPC:               4.10
        Block RThroughput: 4.0


        Cycles with backend pressure increase [ 83.13% ]
        Throughput Bottlenecks: 
          Resource Pressure       [ 23.37% ]
          - Zn3ALU0  [ 3.61% ]

        Critical sequence based on the simulation:

                      Instruction                                 Dependency Information
         +----< 9.    add	eax, 2
         |
         |    < loop carried > 
         |
         +----> 0.    movsxd	rcx, eax                          ## REGISTER dependency:  eax
         |      1.    vbroadcastss	ymm8, dword ptr [rdx + 4*rcx]
         +----> 2.    vfmadd231ps	ymm0, ymm8, ymmword ptr [rdi] ## RESOURCE interference:  Zn3FPP45 [ probability: 86% ]

        Resources:
        [0]   - Zn3AGU0
        [1]   - Zn3ALU0
        [2.0] - Zn3FPP45
        [2.1] - Zn3FPP45


        Resource pressure per iteration:
        [0]    [1]    [2.0]  [2.1]  
         -     2.22   2.50   3.50   

        Resource pressure by instruction:
        [0]    [1]    [2.0]  [2.1]  Instructions:
         -     9.00    -      -     movsxd	rcx, eax

        """;

    [Fact]
    public void Parse_Report_GivesFiguresOfOneRun()
    {
        Throughput throughput = ThroughputReport.Parse(Report, ["foo bar"]);
        Assert.Equal(4.15, throughput.Cycles, 1e-9);
        Assert.Equal(17, throughput.Instructions, 1e-9);
        Assert.Equal(3, throughput.DispatchCycles, 1e-9);
        Assert.Equal(("Zn3FPP45", 3.5), throughput.Busiest);
        Assert.Equal(["foo bar"], throughput.LeftOut.AsEnumerable());
    }

    [Fact]
    public void Parse_CriticalSequence_NamesWhatIsWaitedFor() => Assert.Equal(
        [
            "add eax, 2", "movsxd rcx, eax  (waits for eax)",
            "vfmadd231ps ymm0, ymm8, ymmword ptr [rdi]  (another takes Zn3FPP45)",
        ],
        ThroughputReport.Parse(Report, []).Critical.AsEnumerable());

    [Theory]
    [InlineData(2.0, "Zn3FPP45")]
    [InlineData(4.0, "dependencies")]
    public void Bound_LongestOfAll_IsNamed(double chain, string expected) =>
        Assert.Equal(expected, ThroughputReport.Parse(Report, []).Bound(chain));

    [Fact]
    public void Parse_OtherText_SaysWhatIsMissing()
    {
        var exception = Assert.Throws<FormatException>(() => ThroughputReport.Parse("nothing", []));
        Assert.Contains("Iterations", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Latencies_Table_AreInTheOrderOfTheInstructions() => Assert.Equal(
        [1, 0, 11],
        ThroughputReport.Latencies(
            """
            [1]    [2]    [3]    [4]    [5]    [6]    Instructions:
             1      1     0.50           *            vmovss	dword ptr [rdi], xmm0
             1      0     0.17                        vmovaps	xmm1, xmm2
             1      11    1.00    *                   vfmadd231ps	ymm0, ymm8, ymmword ptr [rdi]

            """));
}
