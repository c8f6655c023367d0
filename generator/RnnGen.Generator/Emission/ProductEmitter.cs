namespace RnnGen.Generator.Emission;

/// <summary>
/// Emits the matrix kernels: for each panel width a product over any number of rows, and the register tiles it is made
/// of. One family serves all three shapes of training: strides tell rows of activations from columns of them.
/// </summary>
internal static class ProductEmitter
{
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

        foreach (int vectors in context.PairWidths)
        {
            EmitPair(code, context, vectors);
        }
    }

    // One row alone is so few sums that each waits for its last addition: with two panels there are twice as many.
    private static void EmitPair(CodeWriter code, EmissionContext context, int vectors)
    {
        string number = context.Number;
        int width = vectors * context.Lanes;
        (char Panel, int Vector)[] all =
            [.. "01".SelectMany(panel => Enumerable.Range(0, vectors).Select(vector => (panel, vector)))];
        string Of((char Panel, int Vector) one) => $"sum{one.Panel}{(char)('A' + one.Vector)}";
        code.Line();
        code.Summary($"c0[:] += Σ a[k] · b0[k, :] and c1[:] += Σ a[k] · b1[k, :]: one row and two panels of {width}.");
        code.Line("[MethodImpl(Kernel)]");
        using (code.Block(
            $"private static void AddRowTimesPair{vectors}(\n"
                + $"    int depth, {number}* a, {number}* b0, {number}* b1, {number}* c0, {number}* c1)"))
        {
            code.Line("V* start0 = (V*)c0;\nV* start1 = (V*)c1;");
            code.List("V ", all.Select(one => $"{Of(one)} = start{one.Panel}[{one.Vector}]"), ";");
            using (code.Block($"for (int k = 0; k < depth; k++, b0 += {width}, b1 += {width})"))
            {
                code.Line($"V value = {EmissionContext.Format(context.Operations.Broadcast, "a[k]")};");
                foreach ((char Panel, int Vector) one in all)
                {
                    string weight = $"((V*)b{one.Panel})[{one.Vector}]";
                    EmitMultiplyAdd(code, context, "value", weight, Of(one));
                }
            }

            code.Line();
            foreach ((char Panel, int Vector) one in all)
            {
                code.Line($"start{one.Panel}[{one.Vector}] = {Of(one)};");
            }
        }
    }

    private static void EmitProduct(CodeWriter code, EmissionContext context, int vectors)
    {
        string number = context.Number;
        int most = context.Plan.Target.TileRows(vectors);
        int width = vectors * context.Lanes;
        code.Line();
        string columns = vectors == 1 ? "one vector" : $"{vectors} vectors";
        code.Summary($"c[i, :] = init[i, :] + Σ a[i, k] · b[k, :] for a panel of {width} columns: {columns}.");
        code.Line("""
            // a[i, k] is i · aRow + k · aDepth numbers on; every depth of them, aSegment on.
            // b[k, :] is k · bDepth numbers on, for all segments through.
            // init is what the sums start from; initRow is 0 for the same row each time.
            """);
        code.Line("[MethodImpl(Kernel)]");
        using (code.Block($"""
            private static void Multiply{vectors}(
                int rows, int depth, {number}* a, nint aRow, {number}* b, {number}* init, nint initRow,
                {number}* c, nint cRow,
                nint aDepth = 1, nint bDepth = {width}, int segments = 1, nint aSegment = 0)
            """))
        {
            code.Comment(
                "Tiles of nearly equal height: a low tile at the end would cost almost as much as a high one.");
            using (code.Block($"for (int tiles = (rows + {most - 1}) / {most}; tiles > 0; tiles--)"))
            {
                code.Line("int height = (rows + tiles - 1) / tiles;");
                using (code.Block("switch (height)"))
                {
                    for (int rows = most; rows >= 1; rows--)
                    {
                        code.Line(rows == 1 ? "default:" : $"case {rows}:");
                        code.Line(
                            $"    Tile{rows}x{vectors}(depth, a, aRow, b, init, initRow, c, cRow, aDepth, bDepth,"
                                + " segments, aSegment);");
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
        IEnumerable<int> all = Enumerable.Range(0, vectors);

        code.Line();
        code.Line("[MethodImpl(Kernel)]");
        using (code.Block($"""
            private static void Tile{rows}x{vectors}(
                int depth, {number}* a, nint aRow, {number}* b, {number}* init, nint initRow, {number}* c, nint cRow,
                nint aDepth, nint bDepth, int segments, nint aSegment)
            """))
        {
            code.Line("V* start = (V*)init;");
            for (int row = 0; row < rows; row++)
            {
                if (row > 0)
                {
                    code.Line($"start = (V*)(init + {(row == 1 ? "" : row + " * ")}initRow);");
                }

                code.List("V ", all.Select(vector => $"{Sum(row, vector)} = start[{vector}]"), ";");
            }

            for (int row = 1; row < rows; row++)
            {
                code.Line($"{number}* a{row} = {(row == 1 ? "a" : $"a{row - 1}")} + aRow;");
            }

            code.Line("nint at = 0;");
            using (code.Block("for (; segments > 0; segments--, at += aSegment - (depth * aDepth))"))
            using (code.Block("for (int k = depth; k > 0; k--, at += aDepth, b += bDepth)"))
            {
                code.Line("V* row = (V*)b;");
                if (rows < vectors)
                {
                    EmitByVector(code, context, rows, vectors);
                }
                else
                {
                    EmitByRow(code, context, rows, vectors);
                }
            }

            code.Line();
            for (int row = 0; row < rows; row++)
            {
                code.Line(row == 0 ? "V* end = (V*)c;" : $"end = (V*)(c + {(row == 1 ? "" : row + " * ")}cRow);");
                foreach (int vector in all)
                {
                    code.Line($"end[{vector}] = {Sum(row, vector)};");
                }
            }
        }
    }

    // The panel's row stays in registers, the numbers of a come one after the other.
    private static void EmitByRow(CodeWriter code, EmissionContext context, int rows, int vectors)
    {
        code.List("V ", Enumerable.Range(0, vectors).Select(vector => $"{Weight(vector)} = row[{vector}]"), ";");
        for (int row = 0; row < rows; row++)
        {
            code.Line();
            code.Line($"{(row == 0 ? "V " : "")}value = {Value(context, row)};");
            for (int vector = 0; vector < vectors; vector++)
            {
                EmitMultiplyAdd(code, context, "value", Weight(vector), Sum(row, vector));
            }
        }
    }

    // The other way round where that takes fewer registers.
    private static void EmitByVector(CodeWriter code, EmissionContext context, int rows, int vectors)
    {
        for (int row = 0; row < rows; row++)
        {
            code.Line($"V value{row} = {Value(context, row)};");
        }

        for (int vector = 0; vector < vectors; vector++)
        {
            code.Line();
            code.Line($"{(vector == 0 ? "V " : "")}weight = row[{vector}];");
            for (int row = 0; row < rows; row++)
            {
                EmitMultiplyAdd(code, context, $"value{row}", "weight", Sum(row, vector));
            }
        }
    }

    private static void EmitMultiplyAdd(
        CodeWriter code, EmissionContext context, string value, string weight, string sum) =>
        code.Line($"{sum} = {EmissionContext.Format(context.Operations.MultiplyAdd, value, weight, sum)};");

    private static string Value(EmissionContext context, int row) =>
        EmissionContext.Format(context.Operations.Broadcast, (row == 0 ? "a" : $"a{row}") + "[at]");

    private static string Sum(int row, int vector) => $"sum{row}{(char)('A' + vector)}";

    private static string Weight(int vector) => $"b{(char)('A' + vector)}";
}
