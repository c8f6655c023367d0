using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits products of all packed rows with a weight matrix.</summary>
internal sealed class MultiplyEmitter(CodeWriter code, EmissionContext context) : OperationEmitter(code, context)
{
    public void Emit(MultiplyRows multiply)
    {
        using (Method(multiply))
        {
            EmitMultiply(multiply);
        }
    }

    private void EmitMultiply(MultiplyRows multiply)
    {
        EmitShare(Rows(multiply.Rows));
        using (Code.Block($"for (int row = first; row < end; row += {RowBlock})"))
        {
            Code.Line($"int rows = Math.Min({RowBlock}, end - row);");
            Code.Line(
                $"{Number}* source = {multiply.Source.Start} + ((nint)row * {multiply.Source.RowStride});");
            for (int i = 0; i < multiply.Matrices.Count; i++)
            {
                EmitPanels(multiply, multiply.Matrices[i], multiply.Targets[i]);
            }
        }
    }

    private void EmitPanels(MultiplyRows multiply, PanelMatrix matrix, ProductTarget target)
    {
        if (matrix.Panels == 1)
        {
            using (multiply.Matrices.Count > 1 ? Code.Scope() : null)
            {
                EmitPanel(multiply, matrix, target, "0", matrix.LastPanelVectors);
            }

            return;
        }

        int full = matrix.LastPanelVectors == matrix.PanelVectors ? matrix.Panels : matrix.Panels - 1;
        using (Code.Block($"for (int panel = 0; panel < {full}; panel++)"))
        {
            EmitPanel(multiply, matrix, target, "panel", matrix.PanelVectors);
        }

        if (full < matrix.Panels)
        {
            Code.Line();
            Code.Comment("The last panel is narrower.");
            using (Code.Scope())
            {
                Code.Line($"const int panel = {full};");
                EmitPanel(multiply, matrix, target, "panel", matrix.LastPanelVectors);
            }
        }
    }

    private void EmitPanel(MultiplyRows multiply, PanelMatrix matrix, ProductTarget target, string panel, int vectors)
    {
        Code.Line(
            $"{Number}* target = {target.Start}{At(panel, target.PanelStride)} + ((nint)row * {target.RowStride});");
        string? init = multiply.Start switch
        {
            ProductStart.Zero => "pass.Workspace + Zeros",
            ProductStart.Bias => BiasAt(multiply.Bias!, target, panel),
            _ => null,
        };
        MatrixOperand source = multiply.Source;
        new ProductCall
        {
            Rows = "rows",
            Depth = Text(source.SegmentLength),
            A = "source",
            ARow = source.RowStride,
            B = $"pass.{multiply.Arena} + {matrix.Name}{At(panel, matrix.PanelStride)}",
            Init = init,
            C = "target",
            CRow = target.RowStride,
            Segments = source.Segments,
            ASegment = source.SegmentStride,
        }.Emit(Code, Context, vectors);
    }

    private static string BiasAt(NamedOffset bias, ProductTarget target, string panel) =>
        $"pass.Parameters + {bias.Name}{At(panel, target.BiasPanelStride)}"
        + (target.BiasColumn == 0 ? "" : $" + {target.BiasColumn}");
}
