namespace RnnGen.Generator.Planning;

/// <summary>The rows of a state: initial ones, then one per step and sequence.</summary>
internal sealed record StateRows(RowBuffer Rows, RowBuffer Initial)
{
    public static StateRows Add(string name, int size, int segments, string meaning, PlanBuilder builder) =>
        Add(builder.Workspace, name, size, segments, meaning, builder);

    /// <summary>Adds the rows of its gradient, which only the backward pass touches.</summary>
    public static StateRows AddGradient(
        string name, int size, int segments, string meaning, PlanBuilder builder) =>
        Add(builder.BackwardWorkspace, name, size, segments, meaning, builder);

    private static StateRows Add(
        ArenaBuilder workspace, string name, int size, int segments, string meaning, PlanBuilder builder)
    {
        int stride = builder.Padded(size);
        int batch = builder.Model.Batch;
        long distance = builder.Padded((long)size) * segments;
        long initialLength = Saturating.Product(batch, distance);
        NamedOffset initial = workspace.Add(
            $"{name}Initial", Saturating.Product(builder.MostRows + batch, distance),
                $"[{batch}, {segments * size}] {meaning} before the first step");
        NamedOffset rows = workspace.AddWithin(
            name, Saturating.Sum(initial.Offset, initialLength),
            $"[{builder.MostRows}, {segments * size}] {meaning} after each step");
        NamedNumber row = workspace.AddDistance(
            $"{rows.Name}Stride", distance, "from one row to the next");
        builder.Loop?.Own(rows.Name);
        return new StateRows(
            new RowBuffer(rows.Start, size, segments, stride, row, RowKind.PerStep),
            new RowBuffer(initial.Start, size, segments, stride, row, RowKind.PerSequence));
    }

    public StateRows Segment(int index) => new(Rows.Segment(index), Initial.Segment(index));
}
