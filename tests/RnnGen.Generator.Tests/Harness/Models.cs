namespace RnnGen.Generator.Tests.Harness;

/// <summary>Declarations that several tests start from; those of the README and the samples.</summary>
internal static class Models
{
    public const string Character =
        """
        using RnnGen;

        namespace Example;

        [SequenceModel(Steps = 64, Batch = 32)]
        [Embedding(vocabulary: 96, size: 48)]
        [Lstm(128, Layers = 2, Dropout = 0.1f)]
        [Dense(96)]
        [CrossEntropy]
        public sealed partial class CharacterModel;
        """;

    public const string Forecaster =
        """
        using RnnGen;

        namespace Example;

        [SequenceModel(Steps = 48, Batch = 16)]
        [Input(features: 3)]
        [Gru(32)]
        [Dense(1)]
        [MeanSquaredError]
        public sealed partial class TemperatureForecaster;
        """;
}
