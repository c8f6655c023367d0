using BenchmarkDotNet.Attributes;
using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Micro;

/// <summary>RnnGen's side of the cases of the comparison.</summary>
public abstract class CaseBenchmark
{
    private OurContender? _contender;

    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    public abstract IEnumerable<string> Cases { get; }

    [GlobalSetup]
    public void Open()
    {
        BenchmarkCase found = CaseTable.Find(Case);
        _contender = found.Open(found);
    }

    [GlobalCleanup]
    public void Close() => _contender?.Dispose();

    protected void Run(int calls) => _contender!.Run(calls);
}
