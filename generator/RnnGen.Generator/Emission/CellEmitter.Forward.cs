using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Forward steps: products with the recurrent weights, then the cell's equations.</summary>
internal sealed partial class CellEmitter
{
    // More weights than these come from a distant cache, and additions do not wait for each other but for them.
    private const int MostPairedWeights = 32 * 1024;

    private void EmitForward()
    {
        for (int stage = 0; stage < _layer.Cell.Forward.Count; stage++)
        {
            if (stage > 0)
            {
                Code.Line();
            }

            RecurrentProduct[] products = [.. _layer.Products.Where(product => product.Stage == stage)];
            int weights = products.Sum(product => product.Matrix.Panels * product.Matrix.PanelStride);
            if (products.Length == 0 || FullGroups == 1 || weights > MostPairedWeights)
            {
                EmitGroups(stage, products);
                continue;
            }

            using (Code.Block("if (rows == 1)"))
            {
                EmitPairs(stage, products);
            }

            using (Code.Block("else"))
            {
                EmitGroups(stage, products);
            }
        }
    }

    private void EmitGroups(int stage, RecurrentProduct[] products)
    {
        using (EachGroup(_layer.Cell.Forward.Count > 1))
        {
            EmitGroup(stage, products);
        }
    }

    private void EmitGroup(int stage, RecurrentProduct[] products)
    {
        Code.Line($"{Number}* gates = {Gates(Group, "row")};");
        foreach (RecurrentProduct product in products)
        {
            EmitProduct(product);
        }

        EmitPointwise(_layer.Cell.Forward[stage], stage);
    }

    private void EmitProduct(RecurrentProduct product)
    {
        (string operand, NamedNumber stride) = OperandRows(product.Operand);
        OperandPlan plan = _layer.Cell.Operands[product.Operand];
        string slots = string.Join(
            ", ", Enumerable.Range(product.FirstSlot, product.Slots).Select(slot => _layer.Cell.Slots[slot].Name));
        Code.Comment($"{slots} += {plan.Name}·U");
        string gates = product.FirstSlot == 0 ? "gates" : $"gates + {product.FirstSlot * Lanes}";
        var call = new ProductCall
        {
            Rows = "rows",
            Depth = Text(product.Matrix.Depth),
            A = operand,
            ARow = stride,
            B = $"{Place(product.Matrix.Start)}{At(Group, product.Matrix.PanelStride)}",
            C = gates,
            CRow = Stride,
        };
        EmitByWidth(product.Matrix, "group", vectors => call.Emit(Code, Context, vectors));
    }

    // Groups of units that fill their panel.
    private int FullGroups => _layer.Blocks / _layer.GroupBlocks;

    private void EmitPairs(int stage, RecurrentProduct[] products)
    {
        Code.Comment("One sequence: two groups at a time, or each addition would wait for the one before.");
        int pairs = FullGroups / 2;
        string first = pairs == 1 ? "0" : "pair";
        using (pairs > 1 ? Code.Block($"for (int i = 0; i < {pairs}; i++)") : null)
        {
            if (pairs > 1)
            {
                Code.Line($"int pair = 2 * (fro ? {pairs - 1} - i : i);");
            }

            foreach (RecurrentProduct product in products)
            {
                EmitPair(product, first, products.Length > 1);
            }

            using (Code.Block($"for (int group = {first}; group < {(pairs == 1 ? "2" : "pair + 2")}; group++)"))
            {
                EmitGroup(stage, []);
            }
        }

        if (2 * pairs == _layer.Groups)
        {
            return;
        }

        Code.Line();
        using (Code.Block($"for (int group = {2 * pairs}; group < {_layer.Groups}; group++)"))
        {
            EmitGroup(stage, products);
        }
    }

    private void EmitPair(RecurrentProduct product, string first, bool needsScope)
    {
        PanelMatrix matrix = product.Matrix;
        string slot = product.FirstSlot == 0 ? "" : $" + {product.FirstSlot * Lanes}";
        using (needsScope ? Code.Scope() : null)
        {
            Code.Line($"{Number}* panel = {Place(matrix.Start)}{At(first, matrix.PanelStride)};");
            Code.Line($"{Number}* sums = {Gates(first, "row")}{slot};");
            Code.Line($"{Context.PairProduct(matrix.PanelVectors)}(");
            Code.Line($"    depth: {matrix.Depth}, a: {OperandRows(product.Operand).Start},");
            Code.Line($"    b0: panel, b1: panel + {matrix.PanelStride},");
            Code.Line($"    c0: sums, c1: sums + {_layer.Gates.GroupStride});");
        }
    }
}
