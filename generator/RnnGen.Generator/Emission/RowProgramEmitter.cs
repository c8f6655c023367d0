using RnnGen.Generator.Equations;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Emits equations of one row whose units meet in means: loops over the row's vectors, and between them what is the
/// same in all units, in every lane of a vector. Sums are cut in as many partial sums whatever the vectors' width, so
/// that every target gives the same bits.
/// </summary>
/// <param name="size">Numbers in a row.</param>
internal sealed class RowProgramEmitter(CodeWriter code, EmissionContext context, RowProgram program, int size)
{
    // As the runtime folds them.
    private const int PartialSums = 16;

    // What the methods around the equations call their own.
    private static readonly string[] Surroundings =
        ["end", "first", "i", "parameters", "part", "pass", "row", "source", "state", "stepWeights", "sums"];

    // A value of the row is declared for all loops of it, those before included.
    private readonly string[] _taken =
    [
        .. Surroundings,
        .. program.Stages.SelectMany(stage => stage.PerRow.Loads.Select(load => load.Name)
            .Concat(stage.PerRow.Statements.Select(statement => statement.Name))),
    ];

    /// <summary>Whether what is added up is wanted, and not its mean.</summary>
    public bool IsSum { get; init; }

    private int Lanes => context.Lanes;

    private string Number => context.Number;

    /// <summary>Units in whole vectors.</summary>
    private int Whole => size / Lanes * Lanes;

    /// <summary>Emits the memory of the partial sums, for all rows.</summary>
    public void EmitSums()
    {
        int most = program.Stages.Max(stage => Means(stage).Length);
        if (most > 0)
        {
            string means = most == 1 ? "" : $"{Text(most)} * ";
            code.Line($"{Number}* sums = stackalloc {Number}[{means}{PartialSums}];");
        }
    }

    /// <summary>Emits where learned vectors start.</summary>
    public void EmitWeights(IEnumerable<string> places)
    {
        HashSet<int> used = [.. program.UnitPlaces.Where(place => place.Kind == ValueKind.Weight)
            .Select(place => place.Index)];
        foreach ((string place, int index) in places.Select((place, index) => (place, index)))
        {
            if (used.Contains(index))
            {
                code.Line($"{Number}* weight{Text(index)} = {place};");
            }
        }
    }

    /// <summary>Emits a streaming step.</summary>
    public void EmitStep(StepEvaluation step)
    {
        EmitSums();
        EmitWeights(step.Weights.Select(weight => AddressText.InStep(weight.Start)));
        string[] rows = ["source", .. step.Sources.Skip(1).Select(row => AddressText.InStep(row.Start)),
            AddressText.InStep(step.Target.Start)];
        for (int i = 0; i < rows.Length; i++)
        {
            code.Line($"{Number}* rows{Text(i)} = {rows[i]};");
        }

        Emit();
    }

    /// <summary>Emits all stages, over variables <c>rows0</c>, <c>kept0</c> and <c>weight0</c> and so on.</summary>
    public void Emit()
    {
        foreach (RowStage stage in program.Stages)
        {
            EmitPerRow(stage.PerRow);
            int[] means = Means(stage);
            if (means.Length > 0)
            {
                EmitMeans(stage, means);
            }
            else
            {
                code.Line();
                using (code.Block($"for (int i = 0; i < {Text((size + Lanes - 1) / Lanes * Lanes)}; i += {Lanes})"))
                {
                    EmitPerUnit(stage.PerUnit);
                }
            }
        }
    }

    private static int[] Means(RowStage stage) => [.. stage.PerUnit.Stores
        .Where(store => store.Place.Kind == ValueKind.Mean).Select(store => store.Place.Index)];

    private static string Text(long value) => EmissionContext.Text(value);

    private void EmitPerRow(EquationProgram perRow)
    {
        if (perRow.Loads.Count + perRow.Statements.Count == 0)
        {
            return;
        }

        new PointwiseEmitter(code, context, perRow)
        {
            VectorAt = place => place.Kind == ValueKind.Mean
                ? EmissionContext.Format(context.Operations.Broadcast, $"total{Text(place.Index)}")
                : VectorAt(place),
            IsWanted = store => store.Place.Kind == ValueKind.Kept,
        }.Emit();
    }

    private void EmitPerUnit(EquationProgram perUnit, string? mask = null) =>
        new PointwiseEmitter(code, context, perUnit)
        {
            VectorAt = VectorAt,
            Taken = _taken,
            Written = value => mask is null ? value : EmissionContext.Format(context.Operations.Masked, value, mask),
        }.Emit();

    private string VectorAt(ValuePlace place) => place.Kind switch
    {
        ValueKind.Saved => $"*(V*)(rows{Text(place.Index)} + i)",
        ValueKind.Weight => $"*(V*)(weight{Text(place.Index)} + i)",
        ValueKind.Kept => $"*(V*)kept{Text(place.Index)}",
        _ => $"sum{Text(place.Index)}",
    };

    // Each partial sum is a lane of a vector; narrow vectors go over the row several times, for some of them each time.
    private void EmitMeans(RowStage stage, int[] means)
    {
        code.Line();
        string[] addends = [.. stage.PerUnit.Stores.Select(store => store.Name)];
        string what = IsSum ? "Sum" : "Mean";
        code.Comment($"{(addends.Length == 1 ? what : what + "s")} of {string.Join(", ", addends)}:"
            + $" {PartialSums} partial sums, whatever the width of a vector.");
        if (Whole == 0)
        {
            code.Line($"new Span<{Number}>(sums, {Text(means.Length * PartialSums)}).Clear();");
        }
        else
        {
            EmitWholeVectors(stage, means);
        }

        if (Whole < size)
        {
            EmitLastVector(stage, means);
        }

        code.Line();
        for (int i = 0; i < means.Length; i++)
        {
            string at = i == 0 ? "sums" : $"sums + {Text(i * PartialSums)}";
            code.Line($"{Number} total{Text(means[i])} ="
                + $" RowSums.Fold<{context.Operations.Lanes}, {Number}>({at})"
                + $"{(IsSum ? "" : " / " + Text(size))};");
        }
    }

    private void EmitWholeVectors(RowStage stage, int[] means)
    {
        bool isOne = Lanes == PartialSums;
        using (isOne ? code.Scope() : code.Block($"for (int part = 0; part < {PartialSums}; part += {Lanes})"))
        {
            foreach (int mean in means)
            {
                code.Line($"V sum{Text(mean)} = {context.Zero};");
            }

            string start = isOne ? "0" : "part";
            using (code.Block($"for (int i = {start}; i < {Text(Whole)}; i += {PartialSums})"))
            {
                EmitPerUnit(stage.PerUnit);
            }

            code.Line();
            EmitStores(means, isOne ? "" : "part");
        }
    }

    private void EmitLastVector(RowStage stage, int[] means)
    {
        code.Line();
        code.Comment($"The last vector, of which {Text(size - Whole)} of {Text(Lanes)} numbers count.");
        using (code.Scope())
        {
            string part = Whole % PartialSums == 0 ? "" : Text(Whole % PartialSums);
            code.Line($"const int i = {Text(Whole)};");
            for (int i = 0; i < means.Length; i++)
            {
                code.Line($"V sum{Text(means[i])} = {SumAt(i, part)};");
            }

            EmitPerUnit(stage.PerUnit, context.Mask(size - Whole));
            EmitStores(means, part);
        }
    }

    private void EmitStores(int[] means, string part)
    {
        for (int i = 0; i < means.Length; i++)
        {
            code.Line($"{SumAt(i, part)} = sum{Text(means[i])};");
        }
    }

    private static string SumAt(int index, string part)
    {
        string[] offsets = [index == 0 ? "" : Text(index * PartialSums), part];
        string offset = string.Concat(offsets.Where(text => text.Length > 0).Select(text => " + " + text));
        return offset.Length == 0 ? "*(V*)sums" : $"*(V*)(sums{offset})";
    }
}
