namespace RnnGen.Generator.Emission;

/// <summary>
/// Emits the matrix kernels: for each panel width a product over any number of rows, and the register tiles it is made
/// of. One family serves all three shapes of training: strides tell rows of activations from columns of them.
/// </summary>
internal static class ProductEmitter
{
    /// <summary>The arguments of a product, named once.</summary>
    public static string Call(
        EmissionContext context, int vectors, string rows, string a, string aRow, string aDepth, string segments, string depth, string aSegment,
        string b, string bDepth, string init, string initRow, string c, string cRow) =>
        $"{context.Product(vectors)}(\n    {rows}, {a}, {aRow}, {aDepth}, {segments}, {depth}, {aSegment},\n    {b}, {bDepth},\n    {init}, {initRow}, {c}, {cRow});";

    public static void Emit(CodeWriter code, EmissionContext context)
    {
        foreach (int vectors in context.ProductWidths)
        {
            EmitProduct(code, context, vectors);
            for (int rows = 1; rows <= context.Plan.Target.TileRows(vectors); rows++)
            {
                EmitTile(code, context, rows, vectors);
            }
        }
    }

    private static void EmitProduct(CodeWriter code, EmissionContext context, int vectors)
    {
        string number = context.Number;
        int most = context.Plan.Target.TileRows(vectors);
        code.Line();
        code.Summary($"c[i, :] = init[i, :] + Σ a[i, k] · b[k, :] for a panel of {vectors * context.Lanes} columns, in tiles of at most {most} rows.");
        code.Line($"""
            /// <param name="a">a[i, k] is at i · aRow + k · aDepth; every depth numbers it goes on aSegment further.</param>
            /// <param name="b">b[k, :] is at k · bDepth, for all segments through.</param>
            /// <param name="init">What the sums start from; initRow 0 for the same row each time.</param>
            """);
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (code.Block($"""
            private static void Multiply{vectors}(
                int rows, {number}* a, nint aRow, nint aDepth, int segments, int depth, nint aSegment,
                {number}* b, nint bDepth, {number}* init, nint initRow, {number}* c, nint cRow)
            """))
        {
            code.Comment("Tiles of nearly equal height: a low tile at the end would cost almost as much as a high one.");
            code.Line($"int tiles = (rows + {most - 1}) / {most};");
            using (code.Block("for (; tiles > 0; tiles--)"))
            {
                code.Line($"int height = tiles == 1 ? rows : (rows + tiles - 1) / tiles;");
                using (code.Block("switch (height)"))
                {
                    for (int rows = most; rows >= 1; rows--)
                    {
                        code.Line(rows == 1 ? "default:" : $"case {rows}:");
                        code.Line($"    Tile{rows}x{vectors}(a, aRow, aDepth, segments, depth, aSegment, b, bDepth, init, initRow, c, cRow);");
                        code.Line("    break;");
                    }
                }

                code.Line();
                code.Line("rows -= height;\na += height * aRow;\ninit += height * initRow;\nc += height * cRow;");
            }
        }
    }

    private static void EmitTile(CodeWriter code, EmissionContext context, int rows, int vectors)
    {
        string number = context.Number;
        int lanes = context.Lanes;
        string Sum(int row, int vector) => $"sum{row}{(char)('A' + vector)}";
        IEnumerable<int> all = Enumerable.Range(0, vectors);
        string At(string pointer, int vector) => vector == 0 ? pointer : $"{pointer} + {EmissionContext.Text(vector * lanes)}";

        code.Line();
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (code.Block($"""
            private static void Tile{rows}x{vectors}(
                {number}* a, nint aRow, nint aDepth, int segments, int depth, nint aSegment,
                {number}* b, nint bDepth, {number}* init, nint initRow, {number}* c, nint cRow)
            """))
        {
            for (int row = 0; row < rows; row++)
            {
                code.List("V ", all.Select(vector => $"{Sum(row, vector)} = {EmissionContext.Load(At("init", vector))}"), ";");
                if (row + 1 < rows)
                {
                    code.Line("init += initRow;");
                }
            }

            for (int row = 1; row < rows; row++)
            {
                code.Line($"{number}* a{row} = {(row == 1 ? "a" : $"a{row - 1}")} + aRow;");
            }

            code.Line("nint at = 0;");
            using (code.Block("for (; segments > 0; segments--, at += aSegment - depth * aDepth)"))
            using (code.Block("for (int k = depth; k > 0; k--, at += aDepth, b += bDepth)"))
            {
                code.List("V ", all.Select(vector => $"b{(char)('A' + vector)} = {EmissionContext.Load(At("b", vector))}"), ";");
                for (int row = 0; row < rows; row++)
                {
                    string pointer = row == 0 ? "a" : $"a{row}";
                    code.Line($"{(row == 0 ? "V " : "")}value = {EmissionContext.Format(context.Operations.Broadcast, $"{pointer} + at")};");
                    foreach (int vector in all)
                    {
                        code.Line($"{Sum(row, vector)} = {EmissionContext.Format(context.Operations.MultiplyAdd, "value", $"b{(char)('A' + vector)}", Sum(row, vector))};");
                    }
                }
            }

            for (int row = 0; row < rows; row++)
            {
                foreach (int vector in all)
                {
                    code.Line($"{EmissionContext.Load(At("c", vector))} = {Sum(row, vector)};");
                }

                if (row + 1 < rows)
                {
                    code.Line("c += cRow;");
                }
            }
        }
    }
}
