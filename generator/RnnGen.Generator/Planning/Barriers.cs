namespace RnnGen.Generator.Planning;

/// <summary>Where the workers of a pass wait for each other.</summary>
internal static class Barriers
{
    /// <summary>
    /// Gradients of weights touch nothing that others read, and what works row by row goes on from its own rows: there
    /// a worker need not wait for the others.
    /// </summary>
    public static bool Needed(PassOperation before, PassOperation operation) => (before, operation) switch
    {
        (SumOperation, SumOperation) => false,
        (JoinStates, JoinStates) or (JoinGradients, JoinGradients) => false,
        (JoinGradients, RowOperation) or (RowOperation, JoinStates) => true,
        (RowOperation first, RowOperation second) => first.Range != second.Range || first.Axis != second.Axis,
        _ => true,
    };

    /// <summary>Of each operation how many barriers stand in front of it.</summary>
    public static IEnumerable<int> Before(IReadOnlyList<PassOperation> operations)
    {
        int barriers = 0;
        for (int i = 0; i < operations.Count; i++)
        {
            barriers += i > 0 && Needed(operations[i - 1], operations[i]) ? 1 : 0;
            yield return barriers;
        }
    }
}
