namespace RnnGen.Samples.Tests.Readme;

#region package-model
/// <summary>Tells which of twelve notes follows.</summary>
[SequenceModel(Steps = 32, Batch = 8)]
[Embedding(vocabulary: 12, size: 8)]
[Gru(24)]
[Dense(12)]
[CrossEntropy]
public sealed partial class NextNote;
#endregion

/// <summary>What the package's README shows, run.</summary>
public sealed class PackageReadme
{
    [Fact]
    public void Use()
    {
        int[] tune = [.. Enumerable.Range(0, 2400).Select(i => i * i % 12)];
        string path = Path.GetTempFileName();
        try
        {
            #region package-use
            // Train on numbers from 0 to 11, and measure on others after each epoch.
            var model = new NextNote(seed: 1);
            using NextNote.Trainer trainer = model.CreateTrainer(new TrainingOptions
            {
                Optimizer = new Adam { LearningRate = 0.01 },
            });
            TrainingReport report = trainer.Fit(
                SequenceData.Windows(tune[..2000]), epochs: 20, validation: SequenceData.Windows(tune[2000..]));
            Console.WriteLine(report);

            // Evaluate a batch: inputs and targets are [T, B], here one sequence of 32 notes.
            float loss = trainer.Evaluate(tune[2000..2032], tune[2001..2033], lengths: [32]);

            // Predict whole sequences: outputs are [T, B, 12].
            float[] logits = new float[32 * NextNote.OutputSize];
            model.Forward(tune[2000..2032], lengths: [32], logits);

            // Save as safetensors, in PyTorch's names and layout, and load.
            model.Save(path);
            NextNote loaded = NextNote.Load(path);

            // Stream: one note at a time, without allocating.
            using NextNote.State state = loaded.CreateState();
            float[] probabilities = new float[NextNote.OutputSize];
            foreach (int note in tune[2000..2032])
            {
                Softmax.Apply(loaded.Step(note, state), probabilities);
            }

            int likely = Softmax.MostLikely(probabilities);
            int drawn = Softmax.Draw(probabilities, Random.Shared.NextDouble());
            #endregion

            Assert.True(loss < 1, $"The loss is {loss}.");
            Assert.Equal(likely, Softmax.MostLikely(logits.AsSpan()[^NextNote.OutputSize..]));
            Assert.True(probabilities[drawn] > 0);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
