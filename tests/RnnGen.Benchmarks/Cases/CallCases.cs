namespace RnnGen.Benchmarks.Cases;

/// <summary>The smallest steps, of which the call around the emitted code is the largest part.</summary>
internal static class CallCases
{
    public static IReadOnlyList<BenchmarkCase> All { get; } =
    [
        .. StepCases.All
            .Where(step => step.Network is { Inputs: 1, Hidden: 8, Cell: Cell.Lstm or Cell.Gru })
            .Select(step => step with
            {
                Name = $"call/{step.Network.CellName}/{step.Network.Inputs}x{step.Network.Hidden}",
                Activity = Activity.Call,
            }),
    ];
}
