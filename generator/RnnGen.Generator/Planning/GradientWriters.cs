using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// Rows may have several readers, and each sends a part of their gradient: in the order of the pass the first one
/// stores it, the others add to it.
/// </summary>
internal static class GradientWriters
{
    /// <param name="forward">A loss leaves the gradient of its outputs behind.</param>
    public static IEnumerable<PassOperation> Settle(
        IEnumerable<PassOperation> forward, IEnumerable<PassOperation> backward)
    {
        var written = new HashSet<Address>(forward.OfType<LossRows>().Select(loss => loss.Gradient.Start));
        foreach (PassOperation operation in backward)
        {
            if (operation is JoinGradients { IsCarried: true } join)
            {
                written.Add(join.Target.Start);
            }

            if (operation is ClearRows clear && !written.Add(clear.Target.Start))
            {
                continue;
            }

            if (operation is LoopOperation loop)
            {
                Address[] carried = [.. loop.Loop.Cells.SelectMany(cell => cell.States)
                    .Select(state => state.Gradient.Start)];
                var blocks = loop.Loop.Backward.Select(block => Settled(block, written)).ToEquatableArray();
                yield return loop with
                {
                    Loop = loop.Loop with { Backward = blocks },
                    Given = carried.Where(written.Contains).ToEquatableArray(),
                };
                continue;
            }

            yield return Settled(operation, written);
        }
    }

    private static LoopBlock Settled(LoopBlock block, HashSet<Address> written) => block is RowBlock rows
        ? new RowBlock(rows.Operations.Select(operation => (RowOperation)Settled(operation, written))
            .ToEquatableArray())
        : block;

    // An operation may write the same rows twice, as the sum of a value with itself does.
    private static PassOperation Settled(PassOperation operation, HashSet<Address> written) =>
        operation is IGradientWriter writer
            ? writer.Adding([.. writer.Gradients.Select(rows => !written.Add(rows.Start))])
            : operation;
}

/// <summary>An operation that writes gradients of rows.</summary>
internal interface IGradientWriter
{
    /// <summary>The gradients, in the order in which it writes them.</summary>
    IEnumerable<RowBuffer> Gradients { get; }

    /// <summary>The operation as it adds to some of them, where others have written before.</summary>
    PassOperation Adding(bool[] adds);
}
