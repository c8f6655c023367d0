using BenchmarkDotNet.Attributes;
using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Micro;

public class TrainingStep : CaseBenchmark
{
    public override IEnumerable<string> Cases => CaseTable.NamesOf([.. TrainingCases.All, .. TextCases.All]);

    [Benchmark]
    public void Step() => Run(1);
}
