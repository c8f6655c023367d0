using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>The plans of a model's cells: layers of equal equations share one, and so do all targets.</summary>
internal sealed class CellPlans
{
    private readonly Dictionary<(CellSpec Cell, bool IsProjected), CellPlan> _plans = [];

    /// <inheritdoc cref="CellPlanner.Plan(CellSpec, bool)"/>
    public CellPlan Of(CellSpec cell, bool isProjected)
    {
        if (!_plans.TryGetValue((cell, isProjected), out CellPlan? plan))
        {
            plan = CellPlanner.Plan(cell, isProjected);
            _plans.Add((cell, isProjected), plan);
        }

        return plan;
    }
}
