using System.Collections.Immutable;
using RnnGen.Kernels;
using RnnGen.Weights;

namespace RnnGen.Numerics.Tests.Stacks;

/// <summary>What decoders find, against passes over whole sequences.</summary>
public sealed class DecodingTests
{
    private const int End = 2;

    private static readonly int[][] Sources = [[3, 1, 8], [0], [5, 5, 5, 2, 1, 7], [4, 4], [8, 0, 2, 6], [1], [7, 3]];

    public static TheoryData<SimdTarget> Targets => [.. Harness.ModelCatalog.Targets];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Decode_Greedily_IsTheLikeliestTokenOfForwardAtEachStep(SimdTarget target)
    {
        Speaker model = Loud(4, target);
        foreach (int[] source in Sources)
        {
            (int[] tokens, double logProbability, bool isComplete) = Greedy(model, source);
            Hypothesis found = Assert.Single(model.Decode(source));
            Assert.Equal(tokens, found.Tokens);
            Assert.Equal(logProbability, found.LogProbability, 1e-12);
            Assert.Equal(found.LogProbability, found.Score);
            Assert.Equal(isComplete, found.IsComplete);
        }
    }

    // Of other lengths, more than a batch holds, and followed by others whose beams end earlier.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public void Decode_SeveralSources_FindsWhatEachAloneDoes(int beam)
    {
        Speaker model = Loud(5);
        var options = new DecodingOptions { BeamSize = beam, Count = beam, LengthPenalty = 0.7 };
        ImmutableArray<ImmutableArray<Hypothesis>> found = model.Decode(Sources, options);
        Assert.Equal(Sources.Length, found.Length);
        for (int i = 0; i < Sources.Length; i++)
        {
            AssertEqual(model.Decode(Sources[i], options), found[i]);
        }
    }

    [Fact]
    public void Decode_WithABeamAsWideAsAllSequences_FindsTheBestOfThem()
    {
        for (ulong seed = 0; seed < 8; seed++)
        {
            var model = new ShortSpeaker(seed);
            Scale(model.Tensors, model.GetTensor, (name, values) => model.SetTensor(name, values));
            double[] source = [0.3, -1, 0.7, 2, 1, -0.5];
            (int[] Tokens, double LogProbability)[] all = [.. All(model, source).OrderByDescending(one => one.Item2)];
            ImmutableArray<Hypothesis> found = model.Decode(
                source, new DecodingOptions { BeamSize = 64, Count = 40 });
            Assert.Equal(40, found.Length);
            for (int i = 0; i < found.Length; i++)
            {
                Assert.Equal(all[i].LogProbability, found[i].LogProbability, 1e-12);
                Assert.Equal(all[i].Tokens, found[i].Tokens);
            }

            Assert.Equal(1, all.Sum(one => Math.Exp(one.LogProbability)), 1e-12);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    [InlineData(2)]
    public void Decode_WithAnyBeam_IsNotBelowGreedySearch(double lengthPenalty)
    {
        int better = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            Speaker model = Loud(seed);
            foreach (int[] source in Sources)
            {
                double greedy = model.Decode(source, new DecodingOptions { LengthPenalty = lengthPenalty })[0].Score;
                for (int beam = 2; beam <= 6; beam++)
                {
                    var options = new DecodingOptions { BeamSize = beam, LengthPenalty = lengthPenalty };
                    double score = model.Decode(source, options)[0].Score;
                    Assert.True(score >= greedy - 1e-12, $"{score} of {beam} and {greedy}, seed {seed}");
                    better += score > greedy + 1e-9 ? 1 : 0;
                }
            }
        }

        Assert.True(better > 100, $"A beam found more than greedy search {better} times.");
    }

    [Fact]
    public void Decode_Hypotheses_DifferAndComeBestFirst()
    {
        Speaker model = Loud(6);
        ImmutableArray<Hypothesis> found = model.Decode(
            Sources[2], new DecodingOptions { BeamSize = 6, Count = 6, LengthPenalty = 0.6 });
        Assert.Equal(6, found.Length);
        Assert.Equal(found.OrderByDescending(one => one.Score), found);
        Assert.Equal(6, found.Select(one => string.Join(' ', one.Tokens)).Distinct().Count());
        Assert.All(found, one => Assert.Equal(
            one.LogProbability / Math.Pow((5 + one.Tokens.Length + (one.IsComplete ? 1 : 0)) / 6.0, 0.6),
            one.Score, 1e-12));
    }

    [Fact]
    public void Decode_ByChance_DrawsAsOftenAsIsLikely()
    {
        Speaker model = Loud(8);
        const int Draws = 3000;
        double[] first = Probabilities(model, Sources[0], [1], temperature: 1.5);
        int[] counts = new int[7];
        for (int i = 0; i < Draws / 6; i++)
        {
            foreach (Hypothesis drawn in model.Decode(
                Sources[0],
                new DecodingOptions { Sample = true, Count = 6, Seed = (ulong)i, Temperature = 1.5 }))
            {
                counts[drawn.Tokens.IsEmpty ? End : drawn.Tokens[0]]++;
            }
        }

        for (int token = 0; token < 7; token++)
        {
            double deviation = Math.Sqrt(Draws * first[token] * (1 - first[token]));
            Assert.InRange(counts[token] - (Draws * first[token]), -4.5 * deviation, 4.5 * deviation);
        }
    }

    [Fact]
    public void Decode_ByChance_IsReproducibleAndAmongTheLikeliest()
    {
        Speaker model = Loud(8);
        var options = new DecodingOptions { Sample = true, Count = 3, Seed = 5 };
        AssertEqual(model.Decode(Sources[2], options), model.Decode(Sources[2], options));
        AssertEqual(model.Decode(Sources, options)[2], model.Decode(Sources[2], options));
        Assert.NotEqual(
            model.Decode(Sources[2], options).SelectMany(one => one.Tokens),
            model.Decode(Sources[2], options with { Seed = 6 }).SelectMany(one => one.Tokens));
        ImmutableArray<int> greedy = model.Decode(Sources[2])[0].Tokens;
        Assert.All(model.Decode(Sources[2], options with { TopK = 1 }), one => Assert.Equal(greedy, one.Tokens));
        Assert.All(model.Decode(Sources[2], options with { TopP = 1e-9 }), one => Assert.Equal(greedy, one.Tokens));
        double[] first = Probabilities(model, Sources[2], [1], temperature: 1);
        int[] likeliest = [.. first.Select((p, token) => (p, token)).OrderByDescending(one => one.p)
            .Take(2).Select(one => one.token)];
        for (ulong seed = 0; seed < 50; seed++)
        {
            Hypothesis drawn = model.Decode(
                Sources[2], new DecodingOptions { Sample = true, TopK = 2, Seed = seed })[0];
            Assert.Contains(drawn.Tokens.IsEmpty ? End : drawn.Tokens[0], likeliest);
        }
    }

    [Fact]
    public void Gradients_OfTargetsAlone_AreThoseOfWhatIsRead()
    {
        Speaker model = Loud(4);
        var told = new ToldSpeaker();
        foreach (TensorMap tensor in model.Tensors)
        {
            told.SetTensor(tensor.Name, model.GetTensor(tensor.Name));
        }

        // [T, B] of 3 sequences; what stands behind an end is nobody's.
        int[] source = [3, 0, 5, 1, -1, 5, 8, -1, 5];
        int[] targets = [4, 2, 0, 6, -1, 3, 2, -1, 2];
        int[] read = [1, 1, 1, 4, -1, 0, 6, -1, 3];
        using Speaker.Trainer trainer = model.CreateTrainer();
        using ToldSpeaker.Trainer toldTrainer = told.CreateTrainer();
        double loss = trainer.ComputeGradients(source, targets, [3, 1, 3], [3, 1, 3]);
        Assert.Equal(toldTrainer.ComputeGradients(source, read, targets, [3, 1, 3], [3, 1, 3]), loss);
        foreach (TensorMap tensor in model.Tensors)
        {
            Assert.Equal(toldTrainer.Gradient(tensor.Name), trainer.Gradient(tensor.Name));
        }

        Assert.Equal(toldTrainer.Evaluate(source, read, targets, [3, 1, 3], [3, 1, 3]),
            trainer.Evaluate(source, targets, [3, 1, 3], [3, 1, 3]));
    }

    [Fact]
    public void Fit_Repeating_DecodesWhatItHasHeard()
    {
        var model = new Parrot(seed: 1);
        var random = new Random(2);
        int[][] source = [.. Enumerable.Range(0, 300).Select(_ => Tokens(random, random.Next(1, 5), 4))];
        int[][] wanted = [.. source.Select(sequence => (int[])[.. sequence.Reverse(), 5])];
        using Parrot.Trainer trainer = model.CreateTrainer(
            new TrainingOptions { Optimizer = new Adam { LearningRate = 5e-3 } });
        trainer.Fit(new FeedSequences<float>().Add("source", source).Add("targets", wanted), epochs: 40);
        ImmutableArray<ImmutableArray<Hypothesis>> found = model.Decode(source);
        int right = found.Where((hypotheses, i) => hypotheses[0].Tokens.SequenceEqual(wanted[i][..^1])).Count();
        Assert.True(right > 290, $"{right} of 300 are right.");
    }

    [Fact]
    public void Decode_BadCalls_AreRefusedByName()
    {
        Speaker model = Loud(1);
        Assert.Contains(
            "source has 0 tokens", Message(() => model.Decode(Array.Empty<int>())), StringComparison.Ordinal);
        Assert.Contains(
            "source has 7 tokens; a sequence has from 1 to 6.", Message(() => model.Decode(new int[7])),
            StringComparison.Ordinal);
        Assert.Contains("is 9; it must be from 0 to 8", Message(() => model.Decode([9])), StringComparison.Ordinal);
        Assert.Contains("sources[1] has 0 tokens", Message(() => model.Decode([[1], []])), StringComparison.Ordinal);
        Assert.Contains("BeamSize is 7; it must be from 1 to 6",
            Message(() => model.Decode([1], new DecodingOptions { BeamSize = 7 })), StringComparison.Ordinal);
        Assert.Contains("Count is 3 and BeamSize 2",
            Message(() => model.Decode([1], new DecodingOptions { BeamSize = 2, Count = 3 })),
            StringComparison.Ordinal);
        using Speaker.Trainer trainer = model.CreateTrainer();
        Assert.Contains("targets of sequence 0 end in 3, at step 1; they must end in 2",
            Message(() => trainer.Step([1], [4, 3], [1], [2])), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecodingOptions { TopP = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecodingOptions { Temperature = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecodingOptions { LengthPenalty = -1 });
    }

    private static string Message(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;

    private static void AssertEqual(ImmutableArray<Hypothesis> expected, ImmutableArray<Hypothesis> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Tokens.ToArray(), actual[i].Tokens.ToArray());
            Assert.Equal(expected[i].LogProbability, actual[i].LogProbability);
            Assert.Equal(expected[i].Score, actual[i].Score);
        }
    }

    // Weights large enough that tokens differ in likelihood.
    private static Speaker Loud(ulong seed, SimdTarget? target = null)
    {
        var model = new Speaker(seed, target);
        Scale(model.Tensors, model.GetTensor, (name, values) => model.SetTensor(name, values));
        return model;
    }

    private static void Scale(
        ImmutableArray<TensorMap> tensors, Func<string, double[]> get, Action<string, double[]> set)
    {
        foreach (TensorMap tensor in tensors)
        {
            set(tensor.Name, [.. get(tensor.Name).Select((value, i) => (3 * value) + (0.1 * ((i % 5) - 2)))]);
        }
    }

    private static int[] Tokens(Random random, int count, int vocabulary) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(vocabulary))];

    private static double[] Probabilities(Speaker model, int[] source, int[] read, double temperature)
    {
        double[] outputs = new double[read.Length * 7];
        model.Forward(source, read, [source.Length], [read.Length], outputs);
        double[] exponentials = [.. outputs[^7..].Select(logit => Math.Exp(logit / temperature))];
        return [.. exponentials.Select(value => value / exponentials.Sum())];
    }

    private static (int[] Tokens, double LogProbability, bool IsComplete) Greedy(Speaker model, int[] source)
    {
        List<int> read = [1];
        double logProbability = 0;
        for (int step = 0; step < 7; step++)
        {
            double[] probabilities = Probabilities(model, source, [.. read], temperature: 1);
            int token = Array.IndexOf(probabilities, probabilities.Max());
            logProbability += Math.Log(probabilities[token]);
            if (token == End)
            {
                return ([.. read[1..]], logProbability, true);
            }

            read.Add(token);
        }

        return ([.. read[1..]], logProbability, false);
    }

    private static IEnumerable<(int[] Tokens, double LogProbability)> All(ShortSpeaker model, double[] source)
    {
        var open = new Queue<(int[] Tokens, double LogProbability)>([([], 0)]);
        while (open.TryDequeue(out (int[] Tokens, double LogProbability) one))
        {
            if (one.Tokens.Length == 3)
            {
                yield return one;
                continue;
            }

            int[] read = [0, .. one.Tokens];
            double[] outputs = new double[read.Length * 4];
            model.Forward(source, read, [source.Length / 2], [read.Length], outputs);
            double sum = outputs[^4..].Sum(Math.Exp);
            for (int token = 0; token < 4; token++)
            {
                double logProbability = one.LogProbability + outputs[^(4 - token)] - Math.Log(sum);
                if (token == 0)
                {
                    yield return (one.Tokens, logProbability);
                }
                else
                {
                    open.Enqueue(([.. one.Tokens, token], logProbability));
                }
            }
        }
    }
}
