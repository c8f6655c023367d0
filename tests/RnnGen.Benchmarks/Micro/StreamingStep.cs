using BenchmarkDotNet.Attributes;
using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Micro;

public class StreamingStep : CaseBenchmark
{
    private const int Steps = 1000;

    public override IEnumerable<string> Cases => CaseTable.NamesOf(StepCases.All);

    [Benchmark(OperationsPerInvoke = Steps)]
    public void Step() => Run(Steps);
}
