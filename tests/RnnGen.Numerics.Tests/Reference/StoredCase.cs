using System.Numerics;
using RnnGen.Numerics.Tests.Harness;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>What PyTorch computed for one model: see reference.py.</summary>
internal sealed class StoredCase
{
    private const string SingleTwin = "Single";

    private readonly TensorFile _expected;
    private readonly ModelFacts _facts;

    public StoredCase(ModelFacts facts)
    {
        _facts = facts;
        string name = facts.IsDouble ? facts.Name : facts.Name[..^SingleTwin.Length];
        string path = Path.Combine(AppContext.BaseDirectory, "Reference", name);
        WeightsPath = $"{path}.weights.safetensors";
        _expected = new TensorFile($"{path}.expected.safetensors");
    }

    /// <summary>The state_dict, in float64.</summary>
    public string WeightsPath { get; }

    /// <summary>Names that begin with a word, without it.</summary>
    public IEnumerable<string> Under(string prefix) =>
        from name in _expected.Names
        where name.StartsWith(prefix, StringComparison.Ordinal)
        select name[prefix.Length..];

    public double[] Doubles(string name) => _expected.Doubles(name);

    /// <summary>A result in the model's precision.</summary>
    public double[] Result(string name) => _facts.IsDouble
        ? _expected.Doubles(name)
        : [.. _expected.Singles($"{name}_single").Select(value => (double)value)];

    public Sample<T> Sample<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] Numbers(string name) => [.. _expected.Doubles(name).Select(T.CreateTruncating)];
        int[] shape = _expected.Shape("inputs");
        object inputs = _facts.Vocabulary > 0 ? _expected.Integers("inputs") : Numbers("inputs");
        object targets = _facts.HasClassTargets ? _expected.Integers("targets") : Numbers("targets");
        return new Sample<T>(_facts, shape[0], shape[1], _expected.Integers("lengths"), inputs, targets);
    }
}
