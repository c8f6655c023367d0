using System.Collections.Immutable;

namespace RnnGen.Benchmarks.Cases;

/// <summary>RnnGen's search for the likeliest target of one source.</summary>
internal sealed class DecodingContender : OurContender
{
    private readonly int[] _source;
    private readonly DecodingOptions _options;
    private readonly DecodeFunction _decode;

    private DecodingContender(BenchmarkCase owner, BenchmarkModel model)
        : base(model)
    {
        _source = owner.Data.Tokens;
        _options = new DecodingOptions { BeamSize = owner.BeamSize, MaxSteps = owner.Steps };
        _decode = model.Bind<DecodeFunction>("Decode");
    }

    private delegate ImmutableArray<Hypothesis> DecodeFunction(ReadOnlySpan<int> source, DecodingOptions? options);

    /// <summary>
    /// Makes one that is as sure of its tokens as a trained one, and whose targets are all of the most steps: their end
    /// is never likely.
    /// </summary>
    public static DecodingContender Open(BenchmarkCase owner, BenchmarkModel model)
    {
        const string Weight = "decoder.dense.weight";
        const string Bias = "decoder.dense.bias";
        const float Sure = 20;
        const float Never = -1000;
        var get = model.Bind<Func<string, float[]>>("GetTensor");
        var set = model.Bind<SetTensorFunction>("SetTensor");
        set(Weight, Array.ConvertAll(get(Weight), value => Sure * value));
        float[] bias = get(Bias);
        bias[((TranslationNetwork)owner.Network).End] = Never;
        set(Bias, bias);
        return new DecodingContender(owner, model);
    }

    private delegate void SetTensorFunction(string name, ReadOnlySpan<float> values);

    public override float[] FirstResults() =>
        [.. _decode(_source, _options)[0].Tokens.Select(token => (float)token)];

    public override void Run(int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            _decode(_source, _options);
        }
    }
}
