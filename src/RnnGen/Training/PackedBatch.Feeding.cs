namespace RnnGen.Training;

// A batch comes in axis by axis and feed by feed; each is checked, then packed.
public sealed unsafe partial class PackedBatch<T>
{
    /// <summary>Forgets the last batch.</summary>
    internal void Clear()
    {
        foreach (FeedBuffer<T> feed in _feeds)
        {
            feed.Clear();
        }

        foreach (BatchLayout layout in _layouts)
        {
            layout.Clear();
        }
    }

    /// <summary>Floating-point operations of the forward pass: each axis's own for each of its rows.</summary>
    internal long Flops
    {
        get
        {
            if (_layouts.Length == 1)
            {
                return _layouts[0].Rows * Shape.FlopsPerRow;
            }

            long flops = 0;
            foreach (BatchLayout layout in _layouts)
            {
                flops += layout.Rows * layout.Axis.FlopsPerRow;
            }

            return flops;
        }
    }

    /// <summary>Steps of the longest sequences, along all axes.</summary>
    internal int AllSteps
    {
        get
        {
            int steps = 0;
            foreach (BatchLayout layout in _layouts)
            {
                steps += layout.Steps;
            }

            return steps;
        }
    }

    /// <summary>How sequences follow an axis.</summary>
    internal BatchLayout Layout(int axis) => _layouts[axis];

    /// <summary>The packed tokens or classes of a feed, to be changed.</summary>
    internal Span<int> WritableIndices(int feed) =>
        _feeds[feed].Writable[.._layouts[Shape.Feeds[feed].Axis].Rows];

    /// <summary>Lays out the sequences of an axis; the feeds along it come after.</summary>
    /// <param name="feed">An input along the axis, with one row per step.</param>
    /// <param name="count">Numbers that are given of it.</param>
    /// <param name="lengths">Sequences.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <param name="order">How its rows, and those of all feeds and outputs along the axis, follow one another.</param>
    internal void Arrange(
        int feed, int count, SequenceLengths lengths, string name, SequenceOrder order = SequenceOrder.TimeMajor)
    {
        FeedShape input = CheckInput(feed);
        BatchLayout layout = _layouts[input.Axis];
        int steps = layout.Check(count, input.Width, lengths, name);

        // Rows that were packed in another way are none of this batch.
        for (int other = 0; other < _feeds.Length; other++)
        {
            if (Shape.Feeds[other].Axis == input.Axis)
            {
                _feeds[other].Clear();
            }
        }

        layout.Arrange(lengths.Count, steps, lengths.Each, order);
    }

    /// <summary>The feed of an index, which must be an input.</summary>
    internal FeedShape CheckInput(int feed)
    {
        FeedShape shape = FeedAt(feed);
        return !shape.IsTarget ? shape : throw new ArgumentException(
            $"The feed {feed}, '{shape.Name}', is what a loss compares outputs with; here it must be an input.",
            nameof(feed));
    }

    /// <summary>Packs the rows of a feed.</summary>
    /// <param name="feed">Which of <see cref="ModelShape.Feeds"/>.</param>
    /// <param name="values">One row per step and sequence, time-major, or one per sequence.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <param name="areFinite">Whether numbers that are not finite are refused.</param>
    internal void Write<TValue>(int feed, ReadOnlySpan<TValue> values, string name, bool areFinite)
        where TValue : unmanaged
    {
        FeedShape shape = FeedAt(feed);
        BatchLayout layout = Arranged(shape.Axis);
        try
        {
            FeedChecks<T>.Kind<TValue>(shape, name);
            FeedChecks<T>.Count(values.Length, layout, shape.IsPerSequence, shape.Width, name);
            FeedChecks<T>.Values(values, shape, layout, name, areFinite);
        }
        catch
        {
            // What came before is no batch without this.
            Clear();
            throw;
        }

        _feeds[feed].Write(values, layout);
    }

    /// <summary>Points a pass at this batch.</summary>
    /// <param name="pass">The pass; its arenas, switches and heads are left alone.</param>
    /// <param name="hasTargets">
    /// Whether there must be targets. Without them there is no loss to train on; with them losses write gradients, for
    /// which the memory of a forward pass has no room.
    /// </param>
    internal void Describe(ref Pass<T> pass, bool hasTargets)
    {
        Describe(ref pass);
        if (pass.HasTargets != hasTargets)
        {
            throw new InvalidOperationException(hasTargets
                ? "There are no targets: without them there is no loss."
                : "There are targets; a forward pass has inputs only.");
        }
    }

    /// <summary>Points a pass that wants no losses at this batch, which may have targets all the same.</summary>
    /// <param name="pass">The pass; its arenas, switches and heads are left alone.</param>
    internal void DescribeInputs(ref Pass<T> pass)
    {
        CheckComplete();
        Describe(hasTargets: false, ref pass);
    }

    /// <summary>The packed rows of a feed of tokens or classes that was written; none of a feed of numbers.</summary>
    internal ReadOnlySpan<int> Indices(int feed) => _feeds[feed].Indices;

    /// <summary>The packed rows of a feed of numbers that was written; none of a feed of tokens.</summary>
    internal ReadOnlySpan<T> Values(int feed) => _feeds[feed].Values;

    /// <summary>Makes a decoder's tokens of its targets, which have been written.</summary>
    /// <param name="feed">A feed with <see cref="FeedShape.Start"/>.</param>
    /// <param name="targets">The targets along its axis.</param>
    internal void WriteShifted(int feed, int targets)
    {
        FeedShape shape = FeedAt(feed);
        FeedShape other = FeedAt(targets);
        if (shape.Start is null || !other.IsTarget || other.Axis != shape.Axis || !other.HasIndices
            || !_feeds[targets].IsWritten)
        {
            throw new InvalidOperationException(
                $"'{shape.Name}' cannot be made of '{other.Name}': that must be targets that have been written, and "
                + "the model one with a Start.");
        }

        _feeds[feed].WriteShifted(_feeds[targets], shape.Start!.Value, _layouts[shape.Axis]);
    }

    /// <summary>Refuses another number of outputs than a head will give.</summary>
    internal void CheckOutputs(int output, int count, string name)
    {
        OutputShape head = OutputAt(output);
        FeedChecks<T>.Count(count, Arranged(head.Axis), head.IsPerSequence, head.Size, name);
    }

    /// <summary>Refuses room for the attention of another number of sequences; none at all is nobody's wish for it.
    /// </summary>
    internal void CheckAttention(int count, string name)
    {
        if (count == 0)
        {
            return;
        }

        if (Shape.Attentions.IsEmpty)
        {
            throw new ArgumentException("The model has no attention layer to tell of.", name);
        }

        BatchLayout layout = Arranged(Shape.Attentions[0].Axis);
        if (count != layout.Batch)
        {
            throw new ArgumentException(
                $"There is room for the attention of {Quantity.Of(count, "sequence")}; there "
                + $"{(layout.Batch == 1 ? "is one" : $"are {layout.Batch}")}.",
                name);
        }
    }

    /// <summary>Takes over another batch of the same model.</summary>
    /// <param name="other">The batch.</param>
    /// <param name="inputsOnly">Whether there are no targets then.</param>
    internal void CopyFrom(PackedBatch<T> other, bool inputsOnly = false)
    {
        for (int axis = 0; axis < _layouts.Length; axis++)
        {
            _layouts[axis].CopyFrom(other._layouts[axis]);
        }

        for (int feed = 0; feed < _feeds.Length; feed++)
        {
            if (inputsOnly && Shape.Feeds[feed].IsTarget)
            {
                _feeds[feed].Clear();
                continue;
            }

            _feeds[feed].CopyFrom(other._feeds[feed], _layouts[Shape.Feeds[feed].Axis]);
        }
    }

    internal void Pack<TInput>(
        ReadOnlySpan<TInput> inputs,
        SequenceLengths lengths,
        int outputCount,
        SequenceOrder order = SequenceOrder.TimeMajor)
        where TInput : unmanaged
    {
        Clear();
        FeedChecks<T>.Kind<TInput>(Shape.Feeds[0], nameof(inputs));
        Arrange(0, inputs.Length, lengths, nameof(inputs), order);
        CheckOutputs(0, outputCount, "outputs");
        Write(0, inputs, nameof(inputs), areFinite: false);
    }

    internal void Pack<TInput, TTarget>(
        ReadOnlySpan<TInput> inputs,
        ReadOnlySpan<TTarget> targets,
        SequenceLengths lengths,
        SequenceOrder order = SequenceOrder.TimeMajor)
        where TInput : unmanaged
        where TTarget : unmanaged
    {
        Clear();
        FeedChecks<T>.Kind<TInput>(Shape.Feeds[0], nameof(inputs));
        FeedChecks<T>.Kind<TTarget>(Shape.Feeds[1], nameof(targets));
        Arrange(0, inputs.Length, lengths, nameof(inputs), order);
        Write(0, inputs, nameof(inputs), areFinite: true);
        Write(1, targets, nameof(targets), areFinite: true);
    }

    /// <summary>
    /// Copies a head's packed rows to where the caller wants them, with zeros after a sequence's end.
    /// </summary>
    /// <param name="output">Which of <see cref="ModelShape.Outputs"/>.</param>
    /// <param name="rows">The head's rows in a workspace.</param>
    /// <param name="outputs">Receives <c>[T, B, O]</c>, or <c>[B, O]</c> for one output per sequence.</param>
    internal void Unpack(int output, T* rows, Span<T> outputs)
    {
        OutputShape head = OutputAt(output);
        BatchLayout layout = _layouts[head.Axis];
        if (head.IsPerSequence)
        {
            RowUnpacking<T>.Rows(rows, head.Stride, head.Size, layout.Order, outputs);
        }
        else
        {
            RowUnpacking<T>.Steps(layout, rows, head.Stride, head.Size, outputs);
        }
    }

    private FeedShape FeedAt(int feed) => (uint)feed < (uint)Shape.Feeds.Length
        ? Shape.Feeds[feed]
        : throw new ArgumentOutOfRangeException(
            nameof(feed), feed, $"The feed is {feed}; it must be from 0 to {Shape.Feeds.Length - 1}.");

    private BatchLayout Arranged(int axis) => _layouts[axis].Batch > 0
        ? _layouts[axis]
        : throw new InvalidOperationException(
            $"There are no sequences along '{Shape.Axes[axis].Name}' yet: Arrange lays them out, before all else.");
}
