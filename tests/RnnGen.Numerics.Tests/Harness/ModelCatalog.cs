using System.Reflection;
using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.Harness;

/// <summary>All declared models that train: one more in Models, and every test that fits it runs over it.</summary>
public static class ModelCatalog
{
    public static IReadOnlyList<ModelFacts> All { get; } =
    [
        .. typeof(TorchLstm).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<SequenceModelAttribute>() is not null)
            .Where(type => type.Namespace == typeof(TorchLstm).Namespace && CanTrain(type))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => new ModelFacts(type)),
    ];

    // Where not, calling it is an error of compilation.
    private static bool CanTrain(Type model) =>
        model.GetMethod("CreateTrainer")!.GetCustomAttribute<ObsoleteAttribute>() is null;

    /// <summary>The targets that the running processor supports.</summary>
    public static IReadOnlyList<SimdTarget> Targets { get; } =
        [.. Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported)];

    public static ModelFacts Find(string name) => All.Single(facts => facts.Name == name);

    public static TheoryData<string> Names(Func<ModelFacts, bool> fits) =>
        [.. All.Where(fits).Select(facts => facts.Name)];

    public static TheoryData<string, SimdTarget> OnEveryTarget(Func<ModelFacts, bool> fits)
    {
        var data = new TheoryData<string, SimdTarget>();
        foreach (ModelFacts facts in All.Where(fits))
        {
            foreach (SimdTarget target in Targets)
            {
                data.Add(facts.Name, target);
            }
        }

        return data;
    }
}
