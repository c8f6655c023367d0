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
        var written = new WrittenRows();
        foreach (LossRows loss in forward.OfType<LossRows>())
        {
            written.Add(loss.Gradient);
        }

        foreach (PassOperation operation in backward)
        {
            if (operation is JoinGradients { IsCarried: true } join)
            {
                written.Add(join.Target);
            }

            if (operation is ClearRows clear && !written.Add(clear.Target))
            {
                continue;
            }

            if (operation is LoopOperation loop)
            {
                RowBuffer[] carried = [.. loop.Loop.Cells.SelectMany(cell => cell.States)
                    .Select(state => state.Gradient)];
                var blocks = loop.Loop.Backward.Select(block => Settled(block, written)).ToEquatableArray();
                yield return loop with
                {
                    Loop = loop.Loop with { Backward = blocks },
                    Given = carried.Where(written.Holds).Select(rows => rows.Start).ToEquatableArray(),
                };
                continue;
            }

            yield return Settled(operation, written);
        }
    }

    private static LoopBlock Settled(LoopBlock block, WrittenRows written) => block is RowBlock rows
        ? new RowBlock(rows.Operations.Select(operation => (RowOperation)Settled(operation, written))
            .ToEquatableArray())
        : block;

    // An operation may write the same rows twice, as the sum of a value with itself does.
    private static PassOperation Settled(PassOperation operation, WrittenRows written) =>
        operation is IGradientWriter writer
            ? writer.Adding([.. writer.Gradients.Select(rows => !written.Add(rows))])
            : operation;
}

/// <summary>Gradients that somebody has written: of rows with several segments some or all.</summary>
internal sealed class WrittenRows
{
    private readonly List<RowBuffer> _all = [];

    /// <summary>Whether a part of these rows is written.</summary>
    public bool Holds(RowBuffer rows) => _all.Exists(other =>
        other.Start.Arena == rows.Start.Arena && other.Start.Name == rows.Start.Name
        && other.Start.Column < End(rows) && rows.Start.Column < End(other));

    /// <summary>Notes that these rows are written.</summary>
    /// <returns>False where a part of them was before.</returns>
    public bool Add(RowBuffer rows)
    {
        bool isFirst = !Holds(rows);
        _all.Add(rows);
        return isFirst;
    }

    private static int End(RowBuffer rows) => rows.Start.Column + (rows.Segments * rows.SegmentStride);
}

/// <summary>An operation that writes gradients of rows.</summary>
internal interface IGradientWriter
{
    /// <summary>The gradients, in the order in which it writes them.</summary>
    IEnumerable<RowBuffer> Gradients { get; }

    /// <summary>The operation as it adds to some of them, where others have written before.</summary>
    PassOperation Adding(bool[] adds);
}
