namespace RnnGen.Tests.Optimizers;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void ConstantRate_AnyStep_IsTheBaseRate() => Assert.Equal(0.3, new ConstantRate().RateAt(7, 10, 0.3));

    [Fact]
    public void CosineDecay_WithoutWarmup_EqualsPyTorch()
    {
        // CosineAnnealingLR(T_max=10, eta_min=0.01) of PyTorch 2.6 from 0.3.
        double[] expected =
        [
            0.3, 0.29290319486279726, 0.27230746418436735, 0.24022886158240858, 0.19980746418436734,
            0.15499999999999997, 0.11019253581563261, 0.0697711384175914, 0.03769253581563263, 0.017096805137202735,
            0.01,
        ];
        AssertRates(expected, new CosineDecay { Final = 0.01 }, totalSteps: 10);
    }

    [Fact]
    public void CosineDecay_Warmup_RisesInEqualPartsAndThenFalls()
    {
        var schedule = new CosineDecay { Final = 0.1, WarmupSteps = 3 };
        AssertRates([0.1, 0.2, 0.3, 0.3, 0.25, 0.15, 0.1, 0.1], schedule, totalSteps: 6);
    }

    [Fact]
    public void StepDecay_AnyStep_EqualsPyTorch()
    {
        // StepLR(step_size=3, gamma=0.1) of PyTorch 2.6 from 0.3.
        var schedule = new StepDecay { Every = 3, Factor = 0.1 };
        AssertRates([0.3, 0.3, 0.3, 0.03, 0.03, 0.03, 0.003, 0.003], schedule, totalSteps: 8);
    }

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Final", () => new CosineDecay { Final = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("WarmupSteps", () => new CosineDecay { WarmupSteps = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("Every", () => new StepDecay { Every = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Factor", () => new StepDecay { Factor = 0 });
    }

    private static void AssertRates(double[] expected, LearningRateSchedule schedule, long totalSteps)
    {
        for (int step = 0; step < expected.Length; step++)
        {
            Assert.Equal(expected[step], schedule.RateAt(step, totalSteps, 0.3), Tolerances.PyTorchFormula);
        }
    }
}
