using System.Diagnostics;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

// Alone: it measures processor time and allocation of the whole process.
[Collection(nameof(WorkerTeamTests))]
[CollectionDefinition(nameof(WorkerTeamTests), DisableParallelization = true)]
public class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Run_ManyTimes_RunsEveryWorkerOnce(int workers)
    {
        using var team = new WorkerTeam(workers);
        int[] runs = new int[workers];
        var work = new Work((_, worker) => Interlocked.Increment(ref runs[worker]));
        for (int run = 1; run <= 2000; run++)
        {
            team.Run(work);
            Assert.All(runs, count => Assert.Equal(run, count));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void Barrier_ManyTimes_SeparatesThePhases(int workers)
    {
        const int Phases = 500;
        using var team = new WorkerTeam(workers);
        long[] shares = new long[workers];
        int wrong = 0;
        var work = new Work((self, worker) =>
        {
            for (int phase = 1; phase <= Phases; phase++)
            {
                shares[worker] = phase;
                team.Barrier(worker);
                for (int other = 0; other < workers; other++)
                {
                    if (Volatile.Read(ref shares[other]) != phase)
                    {
                        Interlocked.Increment(ref wrong);
                    }
                }

                team.Barrier(worker);
            }
        });
        for (int run = 0; run < 5; run++)
        {
            team.Run(work);
            Assert.Equal(0, wrong);
        }
    }

    [Fact]
    public void Run_FewerWorkersNowAndThen_KeepsBarriersInStep()
    {
        using var team = new WorkerTeam(4);
        var random = new Random(3);
        for (int run = 0; run < 300; run++)
        {
            int workers = random.Next(1, 5);
            int barriers = random.Next(0, 6);
            int ran = 0;
            team.Run(
                new Work((_, worker) =>
                {
                    Assert.Equal(workers, team.Workers);
                    for (int i = 0; i < barriers; i++)
                    {
                        team.Barrier(worker);
                    }

                    Interlocked.Increment(ref ran);
                }),
                workers);
            Assert.Equal(workers, ran);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Run_OneWorkerFails_ReleasesTheOthersAndRethrows(int failing)
    {
        using var team = new WorkerTeam(3);
        for (int run = 0; run < 20; run++)
        {
            int at = run;
            var exception = Assert.Throws<TimeZoneNotFoundException>(() => team.Run(new Work((_, worker) =>
            {
                for (int phase = 0; phase < 100; phase++)
                {
                    if (worker == failing && phase == at)
                    {
                        throw new TimeZoneNotFoundException("lost");
                    }

                    team.Barrier(worker);
                }
            })));
            Assert.Equal("lost", exception.Message);

            // The team is as good as new.
            int ran = 0;
            team.Run(new Work((_, worker) =>
            {
                team.Barrier(worker);
                Interlocked.Increment(ref ran);
                team.Barrier(worker);
            }));
            Assert.Equal(3, ran);
        }
    }

    [Fact]
    public void Run_CallerInterrupted_WaitsForTheOthersAllTheSame()
    {
        using var team = new WorkerTeam(2);
        bool ended = false;
        bool endedAtReturn = false;
        bool interrupted = false;
        var caller = new Thread(() =>
        {
            team.Run(new Work((_, worker) =>
            {
                if (worker == 0)
                {
                    Thread.CurrentThread.Interrupt();
                    return;
                }

                Thread.Sleep(100);
                Volatile.Write(ref ended, true);
            }));
            endedAtReturn = Volatile.Read(ref ended);
            try
            {
                Thread.Sleep(1);
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        });
        caller.Start();
        caller.Join();
        Assert.True(endedAtReturn);
        Assert.True(interrupted);
    }

    [Fact]
    public void Barrier_CallerInterrupted_DoesItsShareAllTheSame()
    {
        using var team = new WorkerTeam(2);
        int shares = 0;
        bool interrupted = false;
        var caller = new Thread(() =>
        {
            team.Run(new Work((_, worker) =>
            {
                if (worker == 0)
                {
                    Thread.CurrentThread.Interrupt();
                }
                else
                {
                    Thread.Sleep(100);
                }

                team.Barrier(worker);
                Interlocked.Increment(ref shares);
            }));
            interrupted = Record.Exception(() => Thread.Sleep(1)) is ThreadInterruptedException;
        });
        caller.Start();
        caller.Join();
        Assert.Equal(2, shares);
        Assert.True(interrupted);
    }

    [Fact]
    public void Run_Nested_IsRefused()
    {
        using var team = new WorkerTeam(2);
        Assert.Throws<InvalidOperationException>(
            () => team.Run(new Work((work, worker) => team.Run((Work)work))));
    }

    [Fact]
    public void Run_WrongWorkers_IsRefused()
    {
        using var team = new WorkerTeam(2);
        var work = new Work((_, _) => { });
        Assert.Throws<ArgumentOutOfRangeException>(() => team.Run(work, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => team.Run(work, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(WorkerTeam.MaxWorkers + 1));
    }

    [Fact]
    public void Dispose_Twice_EndsTheThreads()
    {
        int before = Process.GetCurrentProcess().Threads.Count;
        var teams = Enumerable.Range(0, 10).Select(_ => new WorkerTeam(4)).ToList();
        var work = new Work((_, _) => { });
        teams.ForEach(team => team.Run(work));
        foreach (WorkerTeam team in teams)
        {
            team.Dispose();
            team.Dispose();
            Assert.Throws<ObjectDisposedException>(() => team.Run(work));
        }

        Assert.True(Process.GetCurrentProcess().Threads.Count < before + 20);
    }

    [Fact]
    public void Run_AfterASleep_WakesTheTeam()
    {
        using var team = new WorkerTeam(3);
        int ran = 0;
        var work = new Work((_, worker) => Interlocked.Increment(ref ran));
        for (int run = 1; run <= 20; run++)
        {
            team.Run(work);
            Assert.Equal(3 * run, ran);
            Thread.Sleep(run % 4);
        }
    }

    [Fact]
    public void Run_Steadily_AllocatesNothing()
    {
        using var team = new WorkerTeam(2);
        var work = new Work((_, worker) => team.Barrier(worker));
        team.Run(work);
        Thread.Sleep(20);
        team.Run(work);

        // The whole process is counted, and the test host allocates now and then: the best of a few attempts tells.
        long least = Enumerable.Range(0, 10).Min(_ => AllocatedBytes(() =>
        {
            for (int run = 0; run < 200; run++)
            {
                team.Run(work);
            }
        }));
        Assert.InRange(least, 0, 200 * 24 - 1);
    }

    private static long AllocatedBytes(Action action)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        action();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    [Fact]
    public void Idle_Team_UsesNoProcessorTime()
    {
        HashSet<int> others = [.. ProcessorTimes().Keys];
        using var team = new WorkerTeam(4);
        team.Run(new Work((_, worker) => team.Barrier(worker)));
        Thread.Sleep(50);

        // The team's own threads alone: the test host, the compiler and the collector have threads too.
        Dictionary<int, TimeSpan> before = ProcessorTimes();
        Thread.Sleep(300);
        double busiest = ProcessorTimes()
            .Where(thread => !others.Contains(thread.Key) && before.ContainsKey(thread.Key))
            .Max(thread => (thread.Value - before[thread.Key]).TotalMilliseconds);
        Assert.InRange(busiest, 0, 30);
    }

    private static Dictionary<int, TimeSpan> ProcessorTimes()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Cast<ProcessThread>()
            .ToDictionary(thread => thread.Id, thread => thread.TotalProcessorTime);
    }

    private sealed class Work(Action<ITeamWork, int> action) : ITeamWork
    {
        public void Run(int worker) => action(this, worker);
    }
}
