using BenchmarkDotNet.Attributes;
using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Micro;

public class SequenceForward : CaseBenchmark
{
    public override IEnumerable<string> Cases => CaseTable.NamesOf(SequenceCases.All);

    [Benchmark]
    public void Forward() => Run(1);
}
