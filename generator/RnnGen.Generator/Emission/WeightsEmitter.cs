using System.Globalization;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits what weight files know of a model: its tensors, and the choices that decide what they mean.</summary>
internal static class WeightsEmitter
{
    public static void Emit(CodeWriter code, TargetPlan plan)
    {
        EmitTensors(code, plan);
        if (plan.Options.Count > 0)
        {
            EmitOptions(code, plan);
        }
    }

    private static void EmitTensors(CodeWriter code, TargetPlan plan)
    {
        code.Line("public override ImmutableArray<TensorMap> Tensors { get; } =");
        code.Line("[");
        foreach (TensorPlan tensor in plan.Tensors)
        {
            string shape = string.Join(", ", tensor.Shape.Select(size => EmissionContext.Text(size)));
            code.Line($"    new TensorMap(\"{tensor.Name}\", [{shape}],");
            code.Line("    [");
            foreach (TensorPartPlan part in tensor.Parts)
            {
                code.Line(
                    $"        new TensorPart({part.FirstRow}, {part.Rows}, {part.Columns}, {Map(part.Layout)}, "
                    + $"{(part.Negated ? "-1" : "1")}, TensorPartRole.{(part.IsAddend ? "Addend" : "Value")},"
                        + $" {Initializer(part.Initial)}),");
            }

            code.Line("    ]),");
        }

        code.Line("];");
    }

    private static string Map(TensorLayout layout) => layout switch
    {
        RowLayout rows => $"new RowMap({rows.Place.Name}, {rows.Stride})",
        PanelLayout panels =>
            $"new PanelMap({panels.Place.Name}, {panels.Depth}, {panels.Vectors}, {panels.PanelVectors},"
            + $" {panels.Lanes}, {panels.Slots}, {panels.Slot})",
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "No map for this."),
    };

    private static string Initializer(InitialValues initial) => initial.Kind switch
    {
        InitialKind.Zero => "null",
        InitialKind.Constant => $"new Constant({initial.Value.ToString("R", CultureInfo.InvariantCulture)})",
        _ => $"new {initial.Kind}()",
    };

    private static void EmitOptions(CodeWriter code, TargetPlan plan)
    {
        code.Line();
        code.Line("public override ImmutableArray<RecordedOption> Options { get; } =");
        code.Line("[");
        foreach (OptionPlan option in plan.Options)
        {
            code.Line("    new RecordedOption");
            code.Line("    {");
            Property(code, "Layer", option.Layer);
            Property(code, "Name", option.Name);
            Property(code, "Value", option.Value);
            Property(code, "EnumName", option.EnumName);
            Property(code, "Assumed", option.Assumed);
            code.Line("    },");
        }

        code.Line("];");
    }

    private static void Property(CodeWriter code, string name, string? value)
    {
        if (value is not null)
        {
            code.Line($"        {name} = \"{value}\",");
        }
    }
}
