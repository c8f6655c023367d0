using System.Collections.Immutable;
using CharacterSample;

namespace RnnGen.Samples.Tests.Readme;

/// <summary>What README shows, run.</summary>
public sealed class Snippets
{
    [Fact]
    public void Train()
    {
        int[] training = Tokens(3000);
        int[] heldOut = Tokens(300);

        #region readme-train
        var model = new CharacterModel(seed: 1);
        using CharacterModel.Trainer trainer = model.CreateTrainer(new TrainingOptions
        {
            Optimizer = new Adam { LearningRate = 2e-3 },
            Schedule = new CosineDecay { Final = 1e-4 },
            ClipNorm = 1,
            Threads = 2,
        });
        TrainingReport report = trainer.Fit(
            SequenceData.Windows(training), epochs: 14, validation: SequenceData.Windows(heldOut));
        Console.WriteLine(report);
        #endregion

        Assert.Equal(TrainingOutcome.Completed, report.Outcome);
        Assert.True(report.TrainLoss < report.Epochs[0].TrainLoss);
    }

    [Fact]
    public void Step()
    {
        var model = new NameOrigin(seed: 1);
        int[] inputs = [1, 4, 7, 2, 5, 8, 3, 6, 0];
        int[] targets = [3, 17, 0];
        int[] lengths = [3, 3, 2];

        #region readme-step
        // Three sequences of up to three steps: tokens [T, B], one class for each, and how long each is.
        using NameOrigin.Trainer trainer = model.CreateTrainer();
        float loss = trainer.Step(inputs, targets, lengths);
        float[] gradient = trainer.Gradient("gru.weight_hh_l0_reverse");
        #endregion

        Assert.True(float.IsFinite(loss));
        Assert.Equal(3 * 64 * 64, gradient.Length);
    }

    [Fact]
    public void Stream()
    {
        var model = new TemperatureForecaster(seed: 1);
        float[][] measurements = [[20.5f, 0.4f, 1.01f], [20.7f, 0.4f, 1.01f]];

        #region readme-stream
        using TemperatureForecaster.State state = model.CreateState();
        foreach (float[] measurement in measurements)
        {
            ReadOnlySpan<float> forecast = model.Step(measurement, state);
            Console.WriteLine(forecast[0]);
        }
        #endregion
    }

    [Fact]
    public void Forward()
    {
        var model = new CharacterModel(seed: 1);
        int[] text = Tokens(50);
        int[] batch = Tokens(50 * 4);

        #region readme-forward
        float[] logits = new float[text.Length * CharacterModel.OutputSize];
        model.Forward(text, logits);

        // Four sequences side by side, [T, 4]: of the same length, and of lengths of their own.
        float[] logitsOfBatch = new float[batch.Length * CharacterModel.OutputSize];
        model.Forward(batch, sequences: 4, logitsOfBatch);
        model.Forward(batch, lengths: [50, 8, 31, 50], logitsOfBatch);
        #endregion

        Assert.Contains(logits, logit => logit != 0);
        Assert.Contains(logitsOfBatch, logit => logit != 0);
    }

    [Fact]
    public void States()
    {
        var model = new CharacterModel(seed: 1);
        int[] text = Tokens(4 * 25);
        float[] logits = new float[25 * 2 * CharacterModel.OutputSize];

        #region readme-states
        // Two texts side by side, in pieces: each goes on where the one before has ended.
        RecurrentStates<float> states = model.CreateStates(sequences: 2);
        foreach (int[] piece in text.Chunk(25 * 2))
        {
            model.Forward(piece, sequences: 2, logits, initial: states, final: states);
        }

        // What PyTorch calls c_n, [layers, sequences, units].
        float[] cells = states.Get("lstm.cell");
        #endregion

        Assert.Equal(2 * 2 * 128, cells.Length);
        float[] whole = new float[2 * logits.Length];
        model.Forward(text, 2, whole);
        Assert.Equal(whole[logits.Length..], logits);
    }

    [Fact]
    public void Heads()
    {
        var model = new SentenceReader(seed: 1);
        int[][] words = [[4, 17, 9], [2, 5], [31, 8, 8, 1]];
        int[][] tags = [[0, 3, 1], [2, 1], [4, 0, 0, 8]];
        float[][] moods = [[0.5f], [-1], [0]];
        int[] batch = [4, 2, 17, 5, 9, 0];
        int[] batchTags = [0, 2, 3, 1, 1, 0];
        float[] batchMoods = [0.5f, -1];

        #region readme-heads
        // Of each sentence its words [T], a tag for each [T], and one mood [1].
        using SentenceReader.Trainer trainer = model.CreateTrainer();
        TrainingReport report = trainer.Fit(
            new FeedSequences<float>().Add("inputs", words).Add("tag", tags).Add("mood", moods), epochs: 20);
        HeadReport tag = report.Epochs[^1].Heads[0];

        // Two sentences side by side, of three words and of two: words and tags [T, B], moods [B].
        float loss = trainer.Step(batch, batchTags, batchMoods, lengths: [3, 2]);
        double lossOfTags = trainer.HeadLoss(0);

        float[] tagOutputs = new float[batch.Length * SentenceReader.TagOutputSize];
        float[] moodOutputs = new float[2 * SentenceReader.MoodOutputSize];
        model.Forward(batch, lengths: [3, 2], tagOutputs, moodOutputs);
        #endregion

        Assert.Equal("tag", tag.Name);
        Assert.True(tag.TrainLoss < report.Epochs[0].Heads[0].TrainLoss);
        Assert.Equal(lossOfTags + (0.5 * trainer.HeadLoss(1)), loss, 1e-5);
        Assert.Contains(tagOutputs, logit => logit != 0);
        Assert.DoesNotContain(moodOutputs, mood => mood == 0);
    }

    [Fact]
    public void EncoderAndDecoder()
    {
        var model = new Translator(seed: 1);
        int[][] sentences = [[4, 17, 9], [2, 5]];
        int[][] translations = [[6, 1], [21, 8, 3, 1]];
        int[] source = [4, 2, 17, 5, 9, 0];
        int[] target = [0, 0, 6, 21, 0, 8, 0, 3];

        #region readme-stacks
        // Of each pair the sentence, and its translation, which ends in End.
        using Translator.Trainer trainer = model.CreateTrainer();
        TrainingReport report = trainer.Fit(
            new FeedSequences<float>().Add("source", sentences).Add("targets", translations), epochs: 20);

        // The likeliest token at each step; the three best of five hypotheses, for each sentence; three by chance.
        Hypothesis likely = model.Decode(sentences[0])[0];
        ImmutableArray<ImmutableArray<Hypothesis>> best = model.Decode(
            sentences, new DecodingOptions { BeamSize = 5, Count = 3, LengthPenalty = 0.6 });
        ImmutableArray<Hypothesis> drawn = model.Decode(
            sentences[1], new DecodingOptions { Sample = true, Count = 3, Temperature = 0.8, TopP = 0.9, Seed = 1 });

        // What the decoder gives for two pairs side by side, [T, B] each with a T of its own, reading what it is given.
        float[] logits = new float[target.Length * Translator.OutputSize];
        model.Forward(source, target, sourceLengths: [3, 2], targetLengths: [2, 4], logits);
        #endregion

        Assert.True(report.Epochs[^1].TrainLoss < report.Epochs[0].TrainLoss);
        Assert.Contains(logits, logit => logit != 0);
        Assert.All(best, three => Assert.Equal(3, three.Length));
        Assert.Equal(3, drawn.Length);
        Assert.True(likely.LogProbability < 0);
    }

    [Fact]
    public void Attention()
    {
        var model = new Pronouncer(seed: 1);
        int[] word = [4, 17, 9, 30];
        int[] phonemes = [6, 40, 71];

        #region readme-attention-weights
        // How much each phoneme attended to each letter, [T, S]; and how likely a pronunciation is.
        Hypothesis best = model.Decode(
            word, new DecodingOptions { BeamSize = 5, CoveragePenalty = 0.2, Attention = true })[0];
        AttentionMatrix attention = best.Attention[0];
        Console.WriteLine($"{best}: {attention[row: 0, step: 2]:p0} of the first phoneme is the third letter's.");
        double logProbability = model.Score(word, phonemes).LogProbability;

        // Phoneme by phoneme, whoever chooses them.
        StreamingDecoder<float> decoder = model.CreateDecoder();
        ReadOnlySpan<float> logits = decoder.Begin(word);
        while (decoder.Steps < Pronouncer.TargetSteps
            && Softmax.MostLikely(logits) is var phoneme and not Pronouncer.End)
        {
            logits = decoder.Step(phoneme);
        }
        #endregion

        Assert.Equal(4, attention.SourceSteps);
        Assert.True(logProbability < 0);
        Assert.Equal(74, logits.Length);
    }

    [Fact]
    public void Metrics()
    {
        var model = new Translator(seed: 1);
        int[][] sentences = [.. Enumerable.Range(0, 20).Select(i => Tokens(6).Select(token => token + i).ToArray())];
        int[][] translations = [.. sentences.Select(sentence => (int[])[.. sentence.Select(token => token + 2), 1])];
        FeedSequences<float> training =
            new FeedSequences<float>().Add("source", sentences).Add("targets", translations);
        FeedSequences<float> heldOut =
            new FeedSequences<float>().Add("source", sentences[..5]).Add("targets", translations[..5]);
        int[][] references = [.. translations.Select(translation => translation[..^1])];

        #region readme-metrics
        using Translator.Trainer trainer = model.CreateTrainer(new TrainingOptions
        {
            Optimizer = new Adam { LearningRate = 5e-3 },
            Metrics = [new TokenAccuracy(), new Bleu(), new ErrorRate { Name = "WER" }],
            BestBy = "WER",
            Patience = 5,
        });
        TrainingReport report = trainer.Fit(training, epochs: 50, validation: heldOut);
        Console.WriteLine($"{report.Outcome}, WER {report.Best?.Metric("WER"):p1} after epoch {report.BestEpoch}.");

        // The same, of any hypotheses and what is right; each may have several references.
        int[][] hypotheses = [.. model.Decode(sentences).Select(found => found[0].Tokens.ToArray())];
        double bleu = new Bleu().Of(hypotheses, references);
        double wordErrorRate = new ErrorRate().Of(hypotheses, references);
        #endregion

        Assert.Equal(3, report.Epochs[^1].Metrics.Length);
        Assert.Equal(report.Epochs.Min(epoch => epoch.Metric("WER")), report.Best!.Metric("WER"));
        Assert.InRange(bleu, 0, 100);
        Assert.True(wordErrorRate >= 0);
    }

    [Fact]
    public void Save()
    {
        var model = new CharacterModel(seed: 1);
        string path = Path.GetTempFileName();
        try
        {
            #region readme-save
            model.Save(path);
            var again = CharacterModel.Load(path);
            #endregion

            Assert.Equal(model.GetTensor("dense.weight"), again.GetTensor("dense.weight"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static int[] Tokens(int count) => [.. Enumerable.Range(0, count).Select(i => i * i % 11)];
}
