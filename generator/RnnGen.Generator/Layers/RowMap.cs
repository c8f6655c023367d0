using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>Plans layers that are equations over rows: forward, backward and streaming step at once.</summary>
internal static class RowMap
{
    /// <summary>Adds y = f(x, …) and its gradients.</summary>
    /// <param name="name">Of the layer, as an identifier.</param>
    /// <param name="text">What it computes, for comments.</param>
    /// <param name="inputs">Rows of one size.</param>
    /// <param name="weights">The learned vectors of the equations.</param>
    public static Value Apply(
        string name, string text, RowEquations equations, IReadOnlyList<Value> inputs, PlanBuilder builder,
        IReadOnlyList<NamedOffset>? weights = null)
    {
        Value[] even =
            [.. inputs.Select((input, i) => Even(input, $"{name}Input{RecurrenceBuilder.Number(i)}", builder))];
        int size = even[0].Size;
        RowKind kind = even[0].Kind;
        RowBuffer rows = builder.Rows($"{name}Rows", size, kind, "results");
        RowBuffer? gradient = equations.Weights == 0 && even.All(input => input.Gradient is null)
            ? null
            : builder.BackwardRows($"d{name}Rows", size, kind, "gradient of the results");
        if (equations.IsPointwise)
        {
            AddPointwise(name, text, equations, even, rows, gradient, builder);
        }
        else
        {
            new RowEvaluation(name, text, equations, even, rows, gradient, weights ?? [], builder).Add();
        }

        return new Value
        {
            Rows = rows,
            Gradient = gradient,

            // A mean mixes the columns of both directions.
            Reverse = equations.Means.Any()
                ? EquatableArray<ColumnRun>.Empty
                : Union(even.SelectMany(input => input.Reverse)),
            Step = PlanStep(name, text, equations, even, weights ?? [], builder),
        };
    }

    private static void AddPointwise(
        string name, string text, RowEquations equations, Value[] inputs, RowBuffer rows, RowBuffer? gradient,
        PlanBuilder builder)
    {
        string shape = Shape(rows);
        RowBuffer?[] places =
        [
            .. inputs.Select(input => input.Rows), rows, gradient, .. inputs.Select(input => input.Gradient),
        ];
        builder.AddForward(Map($"Map{name}", $"{text}   {shape}", places, equations.Forward(), equations.Inputs + 2));
        builder.BeginBackward();
        if (gradient is not null)
        {
            EquationProgram backward = equations.Backward(input => inputs[input].Gradient is not null);
            builder.AddBackward(
                Map($"Map{name}Backward", $"gradient of {text}   {shape}", places, backward, equations.Inputs + 2));
        }
    }

    /// <summary>The shape of rows, for comments.</summary>
    public static string Shape(RowBuffer rows) => $"[{(rows.Kind == RowKind.PerStep ? "R" : "B")}, {rows.Size}]";

    /// <summary>
    /// The value in rows of one segment, padded to whole vectors: what is laid out otherwise is copied.
    /// </summary>
    public static Value Even(Value value, string name, PlanBuilder builder)
    {
        RowBuffer rows = value.Rows!;
        bool isOneSegment = rows.Segments == 1 || rows.SegmentStride == rows.Width;
        if (isOneSegment && rows.Stride.Value == builder.Padded(rows.Size) && rows.Start.Arena != MemoryArena.Feeds)
        {
            return value;
        }

        RowBuffer even = builder.Rows($"{name}Rows", rows.Size, rows.Kind, "a copy in rows of one segment");
        builder.AddForward(new CopyRows($"Copy{name}", "rows of one segment", rows, even, rows.Columns()));
        if (value.Gradient is not { } gradient)
        {
            return value with { Rows = even, Reverse = Moved(value) };
        }

        RowBuffer evenGradient = builder.BackwardRows($"d{name}Rows", rows.Size, rows.Kind, "gradient of the copy");
        builder.BeginBackward();
        builder.AddBackward(new CopyRows(
            $"Copy{name}Backward", "gradient of the rows that were copied", evenGradient, gradient,
            gradient.Columns().Select(run => run.Reversed).ToEquatableArray(),
            IsGradient: true));
        return value with { Rows = even, Gradient = evenGradient, Reverse = Moved(value) };
    }

    /// <summary>The columns from end to start once segments lie side by side without padding.</summary>
    /// <param name="column">Where the row starts in the other.</param>
    public static EquatableArray<ColumnRun> Moved(Value value, int column = 0) => value.Rows!.Columns(column)
        .SelectMany(run => value.Reverse, (run, reverse) => (Run: run, Reverse: reverse))
        .Select(both => (both.Run, Start: Math.Max(both.Run.From, both.Reverse.From),
            End: Math.Min(both.Run.From + both.Run.Width, both.Reverse.From + both.Reverse.Width)))
        .Where(part => part.End > part.Start)
        .Select(part => part.Run.To + part.Start - part.Run.From is var to
            ? new ColumnRun(to, to, part.End - part.Start)
            : null!)
        .ToEquatableArray();

    // Of a sum, what any of its parts has from end to start.
    private static EquatableArray<ColumnRun> Union(IEnumerable<ColumnRun> runs)
    {
        var union = new List<ColumnRun>();
        foreach (ColumnRun run in runs.OrderBy(run => run.From))
        {
            if (union.Count > 0 && union[union.Count - 1] is var last && run.From <= last.From + last.Width)
            {
                int end = Math.Max(last.From + last.Width, run.From + run.Width);
                union[union.Count - 1] = last with { Width = end - last.From };
            }
            else
            {
                union.Add(run);
            }
        }

        return union.ToEquatableArray();
    }

    // Only what the program touches: rows that a program has no use for need not be there.
    private static MapRows Map(
        string method, string comment, RowBuffer?[] places, EquationProgram program, int firstGradient)
    {
        int[] used = [.. program.Loads.Select(load => load.Place).Concat(program.Stores.Select(store => store.Place))
            .Select(place => place.Index).Distinct().OrderBy(index => index)];
        ValuePlace At(ValuePlace place) => place with { Index = Array.IndexOf(used, place.Index) };
        var renumbered = new EquationProgram(
            program.Loads.Select(load => load with { Place = At(load.Place) }).ToEquatableArray(),
            program.Statements,
            program.Stores.Select(store => store with { Place = At(store.Place) }).ToEquatableArray());
        return new MapRows(
            method, comment, used.Select(index => places[index]!).ToEquatableArray(), renumbered,
            Enumerable.Range(0, used.Length).Where(i => used[i] >= firstGradient).ToEquatableArray());
    }

    private static StepRow? PlanStep(
        string name, string text, RowEquations equations, Value[] inputs, IReadOnlyList<NamedOffset> weights,
        PlanBuilder builder)
    {
        if (!builder.Streams)
        {
            return null;
        }

        int size = inputs[0].Size;
        StepRow[] sources = [.. inputs.Select(input => builder.InState(input.Step!, size))];
        NamedOffset target = builder.State.Add(
            $"Step{name}Rows", builder.Padded((long)size), $"[{size}] results");
        builder.AddStep(equations.IsPointwise
            ? new StepMap(
                $"Step{name}", $"{text}   [{size}]", sources.ToEquatableArray(), target, size, equations.Forward())
            : new StepEvaluation(
                $"Step{name}", $"{text}   [{size}]", sources.ToEquatableArray(), target, size,
                weights.ToEquatableArray(), equations.ForwardOfRows(keepsMeans: false)));
        return new StepRow(target.Start);
    }
}
