using System.Reflection;
using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.Harness;

/// <summary>All declared models: one more in Models, and every test that fits it runs over it.</summary>
public static class ModelCatalog
{
    /// <summary>Those without a loss, too.</summary>
    public static IReadOnlyList<ModelFacts> Declared { get; } =
    [
        .. typeof(TorchLstm).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<SequenceModelAttribute>() is not null)
            .Where(type => type.Namespace == typeof(TorchLstm).Namespace)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => new ModelFacts(type)),
    ];

    /// <summary>Those that train.</summary>
    public static IReadOnlyList<ModelFacts> All { get; } = [.. Declared.Where(facts => CanTrain(facts.Type))];

    /// <summary>The targets that the running processor supports.</summary>
    public static IReadOnlyList<SimdTarget> Targets { get; } =
        [.. Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported)];

    public static ModelFacts Find(string name) => Declared.Single(facts => facts.Name == name);

    public static TheoryData<string> Names(Func<ModelFacts, bool> fits) =>
        [.. All.Where(fits).Select(facts => facts.Name)];

    public static TheoryData<string, SimdTarget> OnEveryTarget(Func<ModelFacts, bool> fits) =>
        OnEveryTarget(All.Where(fits));

    public static TheoryData<string, SimdTarget> OnEveryTarget(IEnumerable<ModelFacts> models)
    {
        var data = new TheoryData<string, SimdTarget>();
        foreach (ModelFacts facts in models)
        {
            foreach (SimdTarget target in Targets)
            {
                data.Add(facts.Name, target);
            }
        }

        return data;
    }

    // Where not, calling it is an error of compilation.
    private static bool CanTrain(Type model) =>
        model.GetMethod("CreateTrainer")!.GetCustomAttribute<ObsoleteAttribute>() is null;
}
