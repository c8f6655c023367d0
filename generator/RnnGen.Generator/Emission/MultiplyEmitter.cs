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
        Cut[] cuts = [.. multiply.Products.Select(product => new Cut(multiply, product))];
        if (cuts.All(cut => !cut.CutsDepth && !cut.CutsPanels))
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
        using (EmitPanelBlocks(cut))
        using (EmitDepthBlocks(cut))
        {
            MatrixOperand source = cut.Multiply.Source;
            EmitRows(
                cut.Multiply,
                !cut.CutsDepth ? "" : source.Segments > 1 ? $" + ((nint)segment * {source.SegmentStride})" : " + k",
                cut);
        }
    }

    private IDisposable? EmitPanelBlocks(Cut cut)
    {
        if (!cut.CutsPanels)
        {
            return null;
        }

        int block = cut.Blocks.Panels;
        IDisposable loop = Code.Block(
            $"for (int firstPanel = 0; firstPanel < {cut.Matrix.Panels}; firstPanel += {block})");
        if (!cut.HasEqualBlocksOfPanels)
        {
            Code.Line($"int endPanel = Math.Min({cut.FullPanels}, firstPanel + {block});");
        }

        return loop;
    }

    private IDisposable? EmitDepthBlocks(Cut cut)
    {
        if (!cut.CutsDepth)
        {
            return null;
        }

        string k = cut.Index;
        IDisposable loop = Code.Block($"for (int {k} = 0; {k} < {cut.Units}; {k} += {cut.UnitsInBlock})");
        if (cut.Units % cut.UnitsInBlock > 0)
        {
            Code.Line($"int {cut.CountName} = Math.Min({cut.UnitsInBlock}, {cut.Units} - {k});");
        }

        return loop;
    }

    private void EmitRows(MultiplyRows multiply, string depth, params Cut[] cuts)
    {
        using (Code.Block($"for (int row = first; row < end; row += {RowBlock})"))
        {
            Code.Line($"int rows = Math.Min({RowBlock}, end - row);");
            Code.Line(
                $"{Number}* source = {Place(multiply.Source.Start)}"
                    + $" + ((nint)row * {multiply.Source.RowStride}){depth};");
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

        string end = !cut.CutsPanels ? Text(cut.FullPanels)
            : cut.HasEqualBlocksOfPanels ? $"firstPanel + {cut.Blocks.Panels}" : "endPanel";
        using (Code.Block($"for (int panel = {(cut.CutsPanels ? "firstPanel" : "0")}; panel < {end}; panel++)"))
        {
            EmitPanel(cut, "panel", matrix.PanelVectors);
        }

        if (cut.FullPanels < matrix.Panels)
        {
            Code.Line();
            Code.Comment("The last panel is narrower.");
            using (cut.CutsPanels
                ? Code.Block($"if (firstPanel + {cut.Blocks.Panels} > {cut.FullPanels})")
                : Code.Scope())
            {
                Code.Line($"const int panel = {cut.FullPanels};");
                EmitPanel(cut, "panel", matrix.LastPanelVectors);
            }
        }
    }

    private void EmitPanel(Cut cut, string panel, int vectors)
    {
        MultiplyRows multiply = cut.Multiply;
        (ProductTarget target, PanelMatrix matrix, MatrixOperand source) = (cut.Target, cut.Matrix, multiply.Source);
        Code.Line(
            $"{Number}* target = {Place(target.Start)}{At(panel, target.PanelStride)}"
                + $" + ((nint)row * {target.RowStride});");
        string? init = multiply.Start switch
        {
            ProductStart.Zero => Place(Context.Plan.Zeros.Start),
            ProductStart.Bias => BiasAt(multiply.Bias!, target, panel),
            _ => null,
        };
        string b = $"{Place(matrix.Start)}{At(panel, matrix.PanelStride)}"
            + (matrix.FirstRow == 0 ? "" : $" + {matrix.FirstRow * vectors * Lanes}");
        string count = cut.Units % cut.UnitsInBlock > 0 ? cut.CountName : Text(cut.UnitsInBlock);
        new ProductCall
        {
            Rows = "rows",
            Depth = source.Segments > 1 ? Text(source.SegmentLength) : count,
            A = "source",
            ARow = source.RowStride,
            B = cut.CutsDepth ? $"{b} + ({cut.Index} * {(cut.Unit > 1 ? $"{cut.Unit} * " : "")}{vectors * Lanes})" : b,
            Init = init,
            StartsOver = cut.CutsDepth ? $"{cut.Index} == 0" : null,
            C = "target",
            CRow = target.RowStride,
            Segments = source.Segments > 1 ? count : "1",
            ASegment = source.SegmentStride,
        }.Emit(Code, Context, vectors);
    }

    // A product and its blocks. Depth is cut between numbers or, where rows have several segments, between them.
    private sealed record Cut(MultiplyRows Multiply, RowProduct Product)
    {
        public PanelMatrix Matrix => Product.Matrix;

        public ProductTarget Target => Product.Target;

        public MatrixBlocks Blocks => Product.Blocks;

        public int Unit => Multiply.Source.Unit;

        /// <summary>The variable that tells the first unit of a block.</summary>
        public string Index => Multiply.Source.Segments > 1 ? "segment" : "k";

        /// <summary>The variable for the number of units in a block, where the last has fewer.</summary>
        public string CountName => Multiply.Source.Segments > 1 ? "segments" : "depth";

        public int Units => Matrix.Depth / Unit;

        public int UnitsInBlock => Blocks.Depth / Unit;

        public bool CutsDepth => Blocks.Depth < Matrix.Depth;

        public bool CutsPanels => Blocks.Panels < Matrix.Panels;

        /// <summary>Panels that are as wide as the first.</summary>
        public int FullPanels =>
            Matrix.LastPanelVectors == Matrix.PanelVectors ? Matrix.Panels : Matrix.Panels - 1;

        public bool HasEqualBlocksOfPanels => FullPanels == Matrix.Panels && Matrix.Panels % Blocks.Panels == 0;
    }

    private static string BiasAt(NamedOffset bias, ProductTarget target, string panel) =>
        $"{Place(bias.Start)}{At(panel, target.BiasPanelStride)}"
        + (target.BiasColumn == 0 ? "" : $" + {target.BiasColumn}");
}
