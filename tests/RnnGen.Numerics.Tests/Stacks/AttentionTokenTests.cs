using System.Collections.Immutable;
using RnnGen.Kernels;

namespace RnnGen.Numerics.Tests.Stacks;

/// <summary>What a decoder keeps of tokens from source to source changes nothing.</summary>
public sealed class AttentionTokenTests
{
    private static readonly int[][] Sources = [[3, 1, 8], [0], [5, 5, 2, 1, 7], [4, 4], [8, 0, 2, 6], [1], [7, 3]];

    private static readonly DecodingOptions Beam = new() { BeamSize = 3, Count = 3, Attention = true };

    /// <summary>All models on every target.</summary>
    public static TheoryData<string, SimdTarget> Models => AttentionTests.Models;

    [Theory]
    [MemberData(nameof(Models))]
    public void Decode_AfterMany_GivesTheBitsOfTheFirst(string name, SimdTarget target)
    {
        Attentive used = Loud(name, target);
        foreach (int[] source in Sources.Concat(Sources))
        {
            AssertEqual(Loud(name, target).Decode(source, Beam), used.Decode(source, Beam));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Decode_AfterWeightsChanged_GivesWhatTheyDo(string name, SimdTarget target)
    {
        Attentive changed = Loud(name, target);
        foreach (int[] source in Sources)
        {
            changed.Decode(source, Beam);
        }

        Attentive other = AttentiveCatalog.Create(name, 11, target);
        other.Scale();
        foreach (string tensor in other.Model.Tensors.Select(tensor => tensor.Name))
        {
            changed.Model.SetTensor(tensor, other.Model.GetTensor(tensor));
        }

        foreach (int[] source in Sources)
        {
            AssertEqual(other.Decode(source, Beam), changed.Decode(source, Beam));
        }
    }

    [Fact]
    public void Step_AfterWeightsChanged_ReadsTheNewOnes()
    {
        var model = new ResidualTokens(seed: 3);
        StreamingDecoder<double> decoder = model.CreateDecoder();
        decoder.Begin([3, 1]);
        double[] before = decoder.Step(4).ToArray();
        decoder.Begin([3, 1]);
        model.SetTensor(
            "decoder.embedding.weight",
            [.. model.GetTensor("decoder.embedding.weight").Select((value, i) => i / 5 == 4 ? -value : value)]);
        double[] after = decoder.Step(4).ToArray();
        Assert.NotEqual(before, after);

        // The start's row was read before, and is the same in both.
        StreamingDecoder<double> anew = model.CreateDecoder();
        anew.Begin([3, 1]);
        Assert.Equal(anew.Step(4).ToArray(), after);
    }

    private static Attentive Loud(string name, SimdTarget target)
    {
        Attentive model = AttentiveCatalog.Create(name, 9, target);
        model.Scale();
        return model;
    }

    private static void AssertEqual(ImmutableArray<Hypothesis> expected, ImmutableArray<Hypothesis> found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal(expected[i].Tokens.ToArray(), found[i].Tokens.ToArray());
            Assert.Equal(expected[i].LogProbability, found[i].LogProbability);
            Assert.Equal(
                expected[i].Attention.SelectMany(matrix => matrix.Weights),
                found[i].Attention.SelectMany(matrix => matrix.Weights));
        }
    }
}
