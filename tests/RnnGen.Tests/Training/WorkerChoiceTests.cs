using RnnGen.Training;

namespace RnnGen.Tests.Training;

public sealed class WorkerChoiceTests
{
    private const int Steps = 2_000;

    [Fact]
    public void Workers_OneWorker_IsOne() => Assert.Equal([1], Run(new WorkerChoice(1), 1, _ => 1).Distinct());

    [Fact]
    public void Workers_AllHelp_AreAllButForTrials()
    {
        int[] chosen = Run(new WorkerChoice(4), 4, workers => 1.0 / workers);
        Assert.All(chosen.Take(32), workers => Assert.Equal(4, workers));
        Assert.InRange(chosen.Count(workers => workers != 4), 1, Steps / 64);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Workers_OneIsFastest_IsSoonOne(int capacity)
    {
        int[] chosen = Run(new WorkerChoice(capacity), capacity, workers => workers);
        Assert.InRange(chosen.Skip(1_000).Count(workers => workers > 1), 0, Steps / 64);
    }

    [Fact]
    public void Workers_HalfAreFastest_AreSoonHalf()
    {
        int[] chosen = Run(new WorkerChoice(4), 4, workers => workers == 2 ? 1 : 2);
        Assert.InRange(chosen.Skip(1_000).Count(workers => workers != 2), 0, Steps / 64);
    }

    [Fact]
    public void Workers_CoresMoveTogether_AreAllAgain()
    {
        var choice = new WorkerChoice(2);
        Run(choice, 2, workers => workers);
        int[] chosen = Run(choice, 2, workers => 1.0 / workers);
        Assert.InRange(chosen.Skip(600).Count(workers => workers == 1), 0, Steps / 64);
    }

    [Fact]
    public void Workers_EquallyFast_StayAll()
    {
        int[] chosen = Run(new WorkerChoice(2), 2, _ => 1);
        Assert.InRange(chosen.Count(workers => workers == 1), 1, Steps / 64);
    }

    [Fact]
    public void Workers_SmallBatch_AreNoMoreThanItIsWorth()
    {
        var choice = new WorkerChoice(8);
        Run(choice, 8, workers => 1.0 / workers);
        Assert.All(Run(choice, 3, workers => 1.0 / workers), workers => Assert.InRange(workers, 1, 3));
    }

    private static int[] Run(WorkerChoice choice, int most, Func<int, double> time)
    {
        var chosen = new int[Steps];
        for (int step = 0; step < Steps; step++)
        {
            chosen[step] = choice.Workers(most);
            choice.Learn(time(chosen[step]), most);
        }

        return chosen;
    }
}
