using System.Collections.Immutable;

namespace RnnGen.Numerics.Tests.Stacks;

/// <summary>What a decoder keeps of tokens from source to source changes nothing.</summary>
public sealed class AttentionTokenTests
{
    private static readonly int[][] Sources = [[3, 1, 8], [0], [5, 5, 2, 1, 7], [4, 4], [8, 0, 2, 6], [1], [7, 3]];

    private static readonly DecodingOptions Beam = new() { BeamSize = 3, Count = 3, Attention = true };

    public static TheoryData<string> Names => [.. AttentiveCatalog.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_AfterMany_GivesTheBitsOfTheFirst(string name)
    {
        Attentive used = Loud(name);
        foreach (int[] source in Sources.Concat(Sources))
        {
            AssertEqual(Loud(name).Decode(source, Beam), used.Decode(source, Beam));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_AfterWeightsChanged_GivesWhatTheyDo(string name)
    {
        Attentive changed = Loud(name);
        foreach (int[] source in Sources)
        {
            changed.Decode(source, Beam);
        }

        Attentive other = AttentiveCatalog.Create(name, 11, null);
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

    private static Attentive Loud(string name)
    {
        Attentive model = AttentiveCatalog.Create(name, 9, null);
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
