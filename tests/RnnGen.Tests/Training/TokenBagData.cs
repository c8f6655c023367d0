using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>Models and data for tests that need classes.</summary>
internal static class TokenBagData
{
    public static readonly int[][] Inputs = [[0], [1, 2], [3, 3, 4], [5], [2, 5, 1, 0, 4], [3], [4, 4]];
    public static readonly int[] Labels = [0, 1, 2, 3, 1, 2, 0];
    public static readonly SequenceData<int, int> Data = SequenceData.Labelled(Inputs, Labels);

    public static ModelRuntime<double> NewModel()
    {
        var model = new ModelRuntime<double>(new TokenBag());
        var random = new Random(4);
        model.Parameters.Set(
            "table.weight",
            [.. Enumerable.Range(0, TokenBag.Vocabulary * TokenBag.Classes).Select(_ => random.NextDouble() - 0.5)]);
        return model;
    }

    public static double[] Table(ModelRuntime<double> model) => model.Parameters.Get("table.weight");
}
