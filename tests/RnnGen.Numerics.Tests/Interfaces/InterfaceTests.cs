using RnnGen.Numerics.Tests.Heads;
using RnnGen.Numerics.Tests.Stacks;

namespace RnnGen.Numerics.Tests.Interfaces;

/// <summary>Code that is written once for all models, by the interfaces that they have.</summary>
public class InterfaceTests
{
    [Fact]
    public void Model_OfAnyKind_IsMadeSavedAndLoadedByItsInterface()
    {
        RoundTrip<TagHead, double>();
        RoundTrip<TwoHeads, double>();
        RoundTrip<StreamedHeads, float>();
        RoundTrip<Translator, double>();
        RoundTrip<TranslatorEncoder, double>();
    }

    [Fact]
    public void Trainer_OfAnyKind_TrainsByNames()
    {
        IRecurrentModel<double> model = new TagHead(seed: 1);
        using RnnGen.Training.ModelTrainer<double> trainer = model.CreateTrainer();
        TrainingReport report = trainer.Fit(
            new FeedSequences<double>().Add("inputs", [new double[9], new double[3]]).Add("targets", [[0, 1, 2], [3]]),
            epochs: 2);
        Assert.Equal(TrainingOutcome.Completed, report.Outcome);
        IRecurrentModel<double> encoder = new TranslatorEncoder();
        Assert.Contains(
            "no loss",
            Assert.Throws<NotSupportedException>(() => encoder.CreateTrainer()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_ByTheInterface_AreThoseOfTheClass()
    {
        var random = new Random(3);
        int[] tokens = [.. Enumerable.Range(0, 20).Select(_ => random.Next(7))];
        Runs<TranslatorDecoder, double, int>(tokens, 5, 4, TranslatorDecoder.OutputSize, streams: true);
        double[] features = [.. Enumerable.Range(0, 7 * 5 * 3).Select(_ => random.NextDouble())];
        Runs<TagHead, double, double>(features, 7, 5, TagHead.OutputSize, streams: false);
        var decoder = new TranslatorDecoder();
        ISequenceModel<double, int> model = decoder;
        Assert.Throws<ArgumentException>(() => { model.Step([1, 2], model.CreateState()); });
    }

    private static void RoundTrip<TModel, T>()
        where TModel : IRecurrentModel<TModel, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        TModel model = TModel.Create(seed: 7);
        using var stream = new MemoryStream();
        model.Save(stream);
        stream.Position = 0;
        TModel loaded = TModel.Load(stream, model.Target);
        Assert.NotEmpty(model.Tensors);
        foreach (RnnGen.Weights.TensorMap tensor in model.Tensors)
        {
            Assert.Equal(model.GetTensor(tensor.Name), loaded.GetTensor(tensor.Name));
        }

        loaded.SetTensor(model.Tensors[0].Name, new T[model.Tensors[0].Length]);
        Assert.All(loaded.GetTensor(model.Tensors[0].Name), number => Assert.Equal(T.Zero, number));
        Assert.Equal(2, model.CreateStates(2).Sequences);
        Assert.Equal(model.Shape.Batch, loaded.Shape.Batch);
    }

    private static void Runs<TModel, T, TInput>(TInput[] inputs, int steps, int batch, int outputs, bool streams)
        where TModel : IRecurrentModel<TModel, T>, ISequenceModel<T, TInput>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        where TInput : unmanaged
    {
        TModel model = TModel.Create(seed: 2);
        T[] all = new T[steps * batch * outputs];
        model.Forward(inputs, batch, all);
        int width = inputs.Length / steps / batch;
        TInput[] alone = [.. Enumerable.Range(0, steps).SelectMany(t => inputs[(t * batch * width)..][..width])];
        T[] one = new T[steps * outputs];
        model.Forward(alone, one);
        for (int t = 0; t < steps; t++)
        {
            Assert.Equal(all[(t * batch * outputs)..][..outputs], one[(t * outputs)..][..outputs]);
        }

        if (!streams)
        {
            Assert.Throws<NotSupportedException>(model.CreateState);
            return;
        }

        using RnnGen.Training.StreamState<T> state = model.CreateState();
        for (int t = 0; t < steps; t++)
        {
            ReadOnlySpan<T> given = model.Step(alone.AsSpan(t * width, width), state);
            for (int i = 0; i < outputs; i++)
            {
                Assert.True(T.Abs(given[i] - one[(t * outputs) + i]) < T.CreateTruncating(1e-12));
            }
        }
    }
}
