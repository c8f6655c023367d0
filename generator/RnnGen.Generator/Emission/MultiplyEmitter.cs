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
        Cut[] cuts = [.. multiply.Matrices.Select((matrix, i) => new Cut(multiply, matrix, multiply.Targets[i],
            MatrixBlocks.Of(multiply.Source, matrix, Context.Plan.Precision)))];
        if (cuts.All(cut => !cut.IsDeep && !cut.IsWide))
        {
            EmitRows(multiply, "", cuts);
            return;
        }

        Code.Comment("Cut so that a core's own cache holds a block of the matrix while all rows pass by.");
        foreach (Cut cut in cuts)
        {
            EmitBlocks(cut);
        }
    }

    private void EmitBlocks(Cut cut)
    {
        string k = cut.Index;
        MatrixOperand source = cut.Product.Source;
        string part = source.Segments > 1 ? $" + ((nint){k} * {source.SegmentStride})" : $" + {k}";
        using (cut.IsWide
            ? Code.Block($"for (int block = 0; block < {cut.Matrix.Panels}; block += {cut.Blocks.Panels})")
            : null)
        using (cut.IsDeep ? Code.Block($"for (int {k} = 0; {k} < {cut.Units}; {k} += {cut.UnitsInBlock})") : null)
        {
            EmitRows(cut.Product, cut.IsDeep ? part : "", cut);
        }
    }

    private void EmitRows(MultiplyRows multiply, string depth, params Cut[] cuts)
    {
        using (Code.Block($"for (int row = first; row < end; row += {RowBlock})"))
        {
            Code.Line($"int rows = Math.Min({RowBlock}, end - row);");
            Code.Line(
                $"{Number}* source = {multiply.Source.Start} + ((nint)row * {multiply.Source.RowStride}){depth};");
            foreach (Cut cut in cuts)
            {
                using (cut.Matrix.Panels == 1 && cuts.Length > 1 ? Code.Scope() : null)
                {
                    EmitPanels(cut);
                }
            }
        }
    }

    private void EmitPanels(Cut cut)
    {
        PanelMatrix matrix = cut.Matrix;
        if (matrix.Panels == 1)
        {
            EmitPanel(cut, "0", matrix.LastPanelVectors);
            return;
        }

        int full = matrix.LastPanelVectors == matrix.PanelVectors ? matrix.Panels : matrix.Panels - 1;
        string end = !cut.IsWide ? Text(full)
            : full % cut.Blocks.Panels == 0 && full == matrix.Panels ? $"block + {cut.Blocks.Panels}"
            : $"Math.Min({full}, block + {cut.Blocks.Panels})";
        using (Code.Block($"for (int panel = {(cut.IsWide ? "block" : "0")}; panel < {end}; panel++)"))
        {
            EmitPanel(cut, "panel", matrix.PanelVectors);
        }

        if (full < matrix.Panels)
        {
            Code.Line();
            Code.Comment("The last panel is narrower.");
            using (cut.IsWide ? Code.Block($"if (block + {cut.Blocks.Panels} > {full})") : Code.Scope())
            {
                Code.Line($"const int panel = {full};");
                EmitPanel(cut, "panel", matrix.LastPanelVectors);
            }
        }
    }

    private void EmitPanel(Cut cut, string panel, int vectors)
    {
        MultiplyRows multiply = cut.Product;
        (ProductTarget target, PanelMatrix matrix, MatrixOperand source) = (cut.Target, cut.Matrix, multiply.Source);
        Code.Line(
            $"{Number}* target = {target.Start}{At(panel, target.PanelStride)} + ((nint)row * {target.RowStride});");
        string? init = multiply.Start switch
        {
            ProductStart.Zero => "pass.Workspace + Zeros",
            ProductStart.Bias => BiasAt(multiply.Bias!, target, panel),
            _ => null,
        };
        string b = $"pass.{multiply.Arena} + {matrix.Name}{At(panel, matrix.PanelStride)}";
        bool isCutInside = cut.IsDeep && source.Segments == 1;
        string part = cut.Units % cut.UnitsInBlock == 0
            ? Text(cut.UnitsInBlock) : $"Math.Min({cut.UnitsInBlock}, {cut.Units} - {cut.Index})";
        new ProductCall
        {
            Rows = "rows",
            Depth = isCutInside ? part : Text(source.SegmentLength),
            A = "source",
            ARow = source.RowStride,
            B = cut.IsDeep ? $"{b} + ({cut.Index} * {(cut.Unit == 1 ? "" : $"{cut.Unit} * ")}{vectors * Lanes})" : b,
            Init = init,
            StartsOver = cut.IsDeep ? $"{cut.Index} == 0" : null,
            C = "target",
            CRow = target.RowStride,
            Segments = cut.IsDeep && source.Segments > 1 ? part : Text(source.Segments),
            ASegment = source.SegmentStride,
        }.Emit(Code, Context, vectors);
    }

    // A matrix of a product and its blocks. Depth is cut between numbers or, where rows have several, between segments.
    private sealed record Cut(MultiplyRows Product, PanelMatrix Matrix, ProductTarget Target, MatrixBlocks Blocks)
    {
        public int Unit => Product.Source.Segments > 1 ? Product.Source.SegmentLength : 1;

        /// <summary>The variable that counts units.</summary>
        public string Index => Product.Source.Segments > 1 ? "segment" : "k";

        public int Units => Product.Source.Segments * Product.Source.SegmentLength / Unit;

        public int UnitsInBlock => Blocks.Depth / Unit;

        public bool IsDeep => UnitsInBlock < Units;

        public bool IsWide => Blocks.Panels < Matrix.Panels;
    }

    private static string BiasAt(NamedOffset bias, ProductTarget target, string panel) =>
        $"pass.Parameters + {bias.Name}{At(panel, target.BiasPanelStride)}"
        + (target.BiasColumn == 0 ? "" : $" + {target.BiasColumn}");
}
