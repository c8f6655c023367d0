using BenchmarkDotNet.Attributes;
using RnnGen.Training;

namespace RnnGen.Benchmarks.Micro;

/// <summary>What it costs to work together.</summary>
public class Team
{
    private const int BarriersPerRun = 1000;

    private readonly ITeamWork _nothing = new Nothing();
    private WorkerTeam _team = WorkerTeam.Single;
    private ITeamWork _meetings = new Nothing();

    [Params(2)]
    public int Workers { get; set; }

    [GlobalSetup]
    public void Start()
    {
        _team = new WorkerTeam(Workers);
        _meetings = new Meetings(_team);
    }

    [GlobalCleanup]
    public void Stop() => _team.Dispose();

    [Benchmark]
    public void ForkAndJoin() => _team.Run(_nothing);

    [Benchmark(OperationsPerInvoke = BarriersPerRun)]
    public void Barrier() => _team.Run(_meetings);

    private sealed class Nothing : ITeamWork
    {
        public void Run(int worker)
        {
        }
    }

    private sealed class Meetings(WorkerTeam team) : ITeamWork
    {
        public void Run(int worker)
        {
            for (int i = 0; i < BarriersPerRun; i++)
            {
                team.Barrier(worker);
            }
        }
    }
}
