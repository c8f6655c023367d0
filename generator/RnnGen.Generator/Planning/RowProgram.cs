using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// Equations over rows whose units meet in means, in stages: what depends on a mean comes after the loop over the units
/// that adds it up.
/// </summary>
internal sealed record RowProgram(EquatableArray<RowStage> Stages)
{
    /// <summary>All places that the loops over units touch.</summary>
    public IEnumerable<ValuePlace> UnitPlaces => Stages.SelectMany(stage =>
        stage.PerUnit.Loads.Select(load => load.Place).Concat(stage.PerUnit.Stores.Select(store => store.Place)))
        .Distinct();

    /// <summary>The rows that it writes.</summary>
    public IEnumerable<int> Stored => Stages.SelectMany(stage => stage.PerUnit.Stores)
        .Where(store => store.Place.Kind == ValueKind.Saved).Select(store => store.Place.Index);

    /// <summary>The program with other places for what its loops over units touch, or other ways to write.</summary>
    public RowProgram Select(Func<Load, Load> load, Func<Store, Store> store) => new(Stages
        .Select(stage => stage with
        {
            PerUnit = new EquationProgram(
                stage.PerUnit.Loads.Select(load).ToEquatableArray(),
                stage.PerUnit.Statements,
                stage.PerUnit.Stores.Select(store).ToEquatableArray()),
        })
        .ToEquatableArray());
}

/// <summary>One way over the units of a row.</summary>
/// <param name="PerRow">
/// What is computed once, before: from the means of the stages before and what was kept. Values that units use are
/// stored to <see cref="ValueKind.OfRow"/>.
/// </param>
/// <param name="PerUnit">What is computed for every unit: values to add up, or in the last stage the results.</param>
internal sealed record RowStage(EquationProgram PerRow, EquationProgram PerUnit);
