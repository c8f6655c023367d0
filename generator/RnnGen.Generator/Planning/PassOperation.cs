using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>One step of a pass over a batch. All workers run it, each its share.</summary>
/// <param name="Method">Name of the emitted method.</param>
/// <param name="Comment">What it computes, with shapes.</param>
internal abstract record PassOperation(string Method, string Comment)
{
    /// <summary>The axis whose rows it goes over.</summary>
    public int Axis { get; init; }

    /// <summary>It makes what the sequences of a decoder begin from.</summary>
    public bool IsBeginning { get; init; }

    /// <summary>
    /// Every place whose rows it reads or writes, in its own name or within: what lies there is alive until the last
    /// operation that names it.
    /// </summary>
    public abstract IEnumerable<Address> Places { get; }
}

/// <summary>
/// Works on any range of rows, each for itself: who calls it cuts the rows, among workers or step by step. Of rows of
/// its own kind it reads and writes those of its range alone.
/// </summary>
internal abstract record RowOperation(string Method, string Comment) : PassOperation(Method, Comment)
{
    /// <summary>Which rows it goes over.</summary>
    public abstract RowKind Range { get; }
}

/// <summary>
/// Adds up something over all rows, once they are all there: gradients of weights, which no other operation of a pass
/// reads. Workers share the sums, never the rows, so that each is added up in one order whatever their number.
/// </summary>
internal abstract record SumOperation(string Method, string Comment) : PassOperation(Method, Comment);

/// <summary>A way through time, forward or backward. Workers share the sequences and follow them to their ends.
/// </summary>
internal sealed record LoopOperation(string Method, string Comment, LoopPlan Loop, bool IsBackward)
    : PassOperation(Method, Comment)
{
    public override IEnumerable<Address> Places => Loop.Places(IsBackward);

    /// <summary>
    /// Rows of gradients, handed from step to step, that somebody has written before: the loop starts from them, and
    /// not from zeros.
    /// </summary>
    public EquatableArray<Address> Given { get; init; } = EquatableArray<Address>.Empty;
}
