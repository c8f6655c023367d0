namespace RnnGen.Generator.Planning;

/// <summary>Rows that a model gives.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="Target">What its loss compares it with; null without a loss.</param>
/// <param name="Weight">What its loss is multiplied by.</param>
/// <param name="Step">Where a streaming step leaves it; null where the model does not stream.</param>
/// <param name="Axis">The axis that it follows.</param>
internal sealed record HeadPlan(
    string Name, AxisPlan Axis, RowBuffer Rows, FeedPlan? Target, double Weight, StepRow? Step);
