namespace RnnGen.Tests.Training;

/// <summary>Optimizers with options from the whole of their ranges, far beyond what anybody trains with.</summary>
internal static class RandomOptimizers
{
    public static Optimizer Draw(Random random, int mostExponent)
    {
        double rate = Power(-3, mostExponent);
        double epsilon = random.Next(2) == 0 ? 1e-8 : Power(-30, 3);
        double decay = random.Next(2) == 0 ? 0 : Power(-4, mostExponent);
        double momentum = random.Next(2) == 0 ? 0 : random.NextDouble();
        return random.Next(4) switch
        {
            0 => new Sgd
            {
                LearningRate = rate,
                Momentum = momentum,
                Nesterov = random.Next(2) == 0,
                WeightDecay = decay,
            },
            1 => new RmsProp
            {
                LearningRate = rate,
                Momentum = momentum,
                Epsilon = epsilon,
                WeightDecay = decay,
            },
            2 => new Adam { LearningRate = rate, Epsilon = epsilon, WeightDecay = decay, Beta1 = momentum },
            _ => new AdamW { LearningRate = rate, Epsilon = epsilon, WeightDecay = decay, Beta1 = momentum },
        };

        double Power(double least, double most) => Math.Pow(10, least + (random.NextDouble() * (most - least)));
    }
}
