using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>
/// Plans equations over whole rows: the forward pass, which keeps the means; the backward pass; and the gradients of
/// learned vectors, each a sum over all rows.
/// </summary>
/// <param name="name">Of the layer, as an identifier.</param>
/// <param name="text">What it computes, for comments.</param>
/// <param name="inputs">Rows of one segment.</param>
/// <param name="rows">Receives the results.</param>
/// <param name="gradient">The gradient of the results; null where nobody asks for one.</param>
internal sealed class RowEvaluation(
    string name, string text, RowEquations equations, Value[] inputs, RowBuffer rows, RowBuffer? gradient,
    IReadOnlyList<NamedOffset> weights, PlanBuilder builder)
{
    public void Add()
    {
        RowBuffer[] kept = gradient is null ? [] : [.. equations.Means.Select(mean => builder.Rows(
            $"{name}{CellNames.Capitalized(mean)}", 1, rows.Kind, $"{mean} of each row, in every lane"))];
        RowBuffer?[] values = [.. inputs.Select(input => input.Rows), rows];
        builder.AddForward(Evaluate(
            $"Map{name}", text, values, kept, equations.ForwardOfRows(keepsMeans: kept.Length > 0)));
        builder.BeginBackward();
        if (gradient is not null)
        {
            AddBackward(gradient, kept);
        }
    }

    private void AddBackward(RowBuffer arriving, RowBuffer[] kept)
    {
        RowProgram program = equations.BackwardOfRows(
            input => inputs[input].Gradient is not null, out bool[] sumsResultGradient);
        RowBuffer?[] parts = [.. weights.Select((weight, i) => sumsResultGradient[i]
            ? null
            : builder.BackwardRows($"d{weight.Name}Rows", rows.Size, rows.Kind, $"each row's part of the gradient"))];
        RowBuffer?[] values =
        [
            .. inputs.Select(input => input.Rows), rows, arriving, .. inputs.Select(input => input.Gradient), .. parts,
        ];
        builder.AddBackward(Evaluate($"Map{name}Backward", $"gradient of {text}", values, kept, program));
        for (int i = 0; i < weights.Count; i++)
        {
            RowBuffer source = parts[i] ?? arriving;
            int vectors = builder.Vectors(rows.Size);
            builder.AddBackward(new SumRows(
                $"Differentiate{weights[i].Name}", $"d{weights[i].Name} = sum of its rows' parts   [{rows.Size}]",
                rows.Kind, source.Start, 1, 0, source.Stride, vectors, weights[i], vectors));
        }
    }

    // Only what the program touches: rows that a program has no use for need not be there.
    private EvaluateRows Evaluate(
        string method, string comment, RowBuffer?[] values, RowBuffer[] kept, RowProgram program)
    {
        int[] used = [.. program.UnitPlaces.Where(place => place.Kind == ValueKind.Saved)
            .Select(place => place.Index).OrderBy(index => index)];
        ValuePlace At(ValuePlace place) =>
            place.Kind == ValueKind.Saved ? place with { Index = Array.IndexOf(used, place.Index) } : place;
        bool IsInputGradient(int index) =>
            index >= equations.InputGradient(0) && index < equations.InputGradient(equations.Inputs);
        return new EvaluateRows(
            method, $"{comment}   {RowMap.Shape(rows)}",
            used.Select(index => values[index]!).ToEquatableArray(),
            kept.ToEquatableArray(),
            weights.ToEquatableArray(),
            program.Select(
                load => load with { Place = At(load.Place) }, store => store with { Place = At(store.Place) }),
            Enumerable.Range(0, used.Length).Where(i => IsInputGradient(used[i])).ToEquatableArray(),
            IsGradient: used.Any(index => index >= equations.ResultGradient));
    }
}
