namespace RnnGen.Generator.Reading;

/// <summary>Metadata names of the runtime's types that declarations are read by. A test resolves each.</summary>
internal static class AttributeNames
{
    public const string SequenceModel = "RnnGen.SequenceModelAttribute";
    public const string EncoderDecoder = "RnnGen.EncoderDecoderAttribute";
    public const string Encoder = "RnnGen.EncoderAttribute";
    public const string Decoder = "RnnGen.DecoderAttribute";
    public const string Input = "RnnGen.InputAttribute";
    public const string Embedding = "RnnGen.EmbeddingAttribute";
    public const string Layer = "RnnGen.LayerAttribute";
    public const string Recurrent = "RnnGen.RecurrentAttribute`1";
    public const string Loss = "RnnGen.LossAttribute`1";
    public const string ClassLoss = "RnnGen.Losses.IClassLoss";
    public const string ValueLoss = "RnnGen.Losses.IValueLoss";
    public const string ExpectsLogits = "RnnGen.Losses.ExpectsLogitsAttribute";
}
