using RnnGen.Generator.Equations;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Calls of a cell's equations, and where their values lie.</summary>
internal sealed partial class CellEmitter
{
    private void EmitPointwise(EquationProgram program, int part)
    {
        bool several = _layer.GroupBlocks > 1;
        IDisposable? blocks = null;
        if (several && _layer.Groups == 1)
        {
            blocks = Code.Block($"for (int block = 0; block < {_layer.Blocks}; block++)");
            Code.Line($"int unit = block * {Lanes};");
        }
        else if (several)
        {
            Code.Line(
                $"int blocks = Math.Min({_layer.GroupBlocks}, {_layer.Blocks} - (group * {_layer.GroupBlocks}));");
            blocks = Code.Block("for (int block = 0; block < blocks; block++)");
            Code.Line($"int unit = ((group * {_layer.GroupBlocks}) + block) * {Lanes};");
        }
        else if (_layer.Groups > 1)
        {
            Code.Line(Lanes == 1 ? "int unit = group;" : $"int unit = group * {Lanes};");
        }

        ValuePlace[] places = [.. PointwiseEmitter.Places(program).Where(place => place.Kind != ValueKind.Slot)];
        bool hasSlots = PointwiseEmitter.Places(program).Any(place => place.Kind == ValueKind.Slot);
        Dictionary<ValuePlace, string> pointers = PointerNames(places);
        string parameters = string.Concat(places.Select(place => $", {Number}* {pointers[place]}"));
        string name = Context.Share(
            _layer.Cell.Name + (isBackward ? "Backward" : "Forward") + (part == 0 ? "" : Text(part + 1)),
            (hasSlots ? $"int rows, {Number}* gates" : "int rows") + parameters,
            () => Equations(program, hasSlots, pointers));
        string gates = several ? $"gates + (block * {_layer.Cell.Slots.Count * Lanes})" : "gates";
        IEnumerable<string> arguments = new[] { hasSlots ? $"rows, {gates}" : "rows" }
            .Concat(places.Select(place => $"{pointers[place]}: {PointerStart(place)}"));
        Code.Line($"{name}(\n    {string.Join(",\n    ", arguments)});");
        blocks?.Dispose();
    }

    private string Equations(EquationProgram program, bool hasSlots, Dictionary<ValuePlace, string> pointers)
    {
        var body = new CodeWriter();
        using (body.Block("for (nint i = 0; i < rows; i++)"))
        {
            if (hasSlots)
            {
                body.Line($"V* gate = (V*)(gates + (i * {Stride.Value}));");
            }

            new PointwiseEmitter(body, Context, program)
            {
                VectorAt = place => VectorAt(place, pointers),
                Taken = ["gate", "gates", "i", "rows", .. pointers.Values],
            }.Emit();
        }

        return body.ToString();
    }

    private string PointerStart(ValuePlace place)
    {
        string unit = _layer.Blocks == 1 ? "" : " + unit";
        (RowBuffer? rows, string index) = Rows(place);
        return rows is null
            ? $"{Place(_layer.Weights[place.Index].Start)}{unit}"
            : $"{Place(rows.Start)} + ({index} * {rows.Stride}){unit}";
    }

    private string VectorAt(ValuePlace place, Dictionary<ValuePlace, string> pointers)
    {
        if (place.Kind == ValueKind.Slot)
        {
            return $"gate[{place.Index}]";
        }

        return Rows(place).Rows is { } rows ? $"*(V*)({pointers[place]} + (i * {rows.Stride.Value}))"
            : $"*(V*){pointers[place]}";
    }

    private (RowBuffer? Rows, string Index) Rows(ValuePlace place) => place.Kind switch
    {
        ValueKind.Saved => (_layer.Saved[place.Index], "row"),
        ValueKind.OldState => (_layer.States[place.Index].Initial, "before"),
        ValueKind.NewState => (_layer.States[place.Index].Result, "row"),
        ValueKind.StateGradient => (_layer.States[place.Index].Gradient, "(nint)first"),
        ValueKind.OutputGradient => (_layer.OutputGradient, "row"),
        ValueKind.Operand => (_layer.Operands[place.Index].Rows, "row"),
        ValueKind.OperandGradient => (_layer.Operands[place.Index].Gradient, "(nint)first"),
        ValueKind.WeightGradient => (_layer.WeightGradients[place.Index], "row"),
        _ => (null, ""),
    };

    // The equations' own names may be alike: those of a value and an operand, for instance.
    private Dictionary<ValuePlace, string> PointerNames(ValuePlace[] places)
    {
        var taken = new HashSet<string> { "gate", "gates", "i", "rows" };
        return places.ToDictionary(place => place, place => ArenaBuilder.Unique(taken, PointerName(place)));
    }

    private string PointerName(ValuePlace place) => place.Kind switch
    {
        ValueKind.Saved => $"{_layer.Cell.Saved[place.Index]}Rows",
        ValueKind.OldState => $"{_layer.Cell.States[place.Index]}Before",
        ValueKind.NewState => $"{_layer.Cell.States[place.Index]}After",
        ValueKind.StateGradient => $"d{CellNames.Capitalized(_layer.Cell.States[place.Index])}Carried",
        ValueKind.OutputGradient => "dOutput",
        ValueKind.Operand => $"{_layer.Cell.Operands[place.Index].Name}Rows",
        ValueKind.OperandGradient => $"d{CellNames.Capitalized(_layer.Cell.Operands[place.Index].Name)}Rows",
        ValueKind.WeightGradient => $"weightGradient{place.Index}",
        _ => $"weight{place.Index}",
    };
}
