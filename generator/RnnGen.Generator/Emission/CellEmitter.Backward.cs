using RnnGen.Generator.Equations;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Backward steps: the equations' derivatives, then products with the transposed weights.</summary>
internal sealed partial class CellEmitter
{
    private void EmitBackward()
    {
        for (int pass = 0; pass < _layer.Cell.Backward.Count; pass++)
        {
            if (pass > 0)
            {
                Code.Line();
            }

            using (EachGroup(_layer.Cell.Backward.Count > 1))
            {
                Code.Line($"{Number}* gates = {Gates(Group, "row")};");
                EmitPointwise(_layer.Cell.Backward[pass], pass);
            }

            if (_layer.Cell.MayFailAtZero && _layer.Size % Lanes > 0)
            {
                EmitCleanPadding(pass);
            }

            foreach (TransposedProduct product in _layer.TransposedProducts.Where(product => product.Pass == pass))
            {
                Code.Line();
                EmitTransposedProduct(product);
            }
        }
    }

    // Behind the last unit a derivative may be no number, and products and sums would carry it to those that count.
    private void EmitCleanPadding(int pass)
    {
        int last = _layer.Blocks - 1;
        int slots = _layer.Cell.Slots.Count;
        int used = _layer.Size % Lanes;
        string group = Text(last / _layer.GroupBlocks);
        int block = last % _layer.GroupBlocks * slots * Lanes;
        int[] weights = [.. _layer.Cell.Backward[pass].Stores
            .Where(store => store.Place.Kind == ValueKind.WeightGradient).Select(store => store.Place.Index)];
        Code.Line();
        Code.Comment("Zeros behind the last unit, where a derivative may be no number.");
        using (Code.Block("for (int i = 0; i < rows; i++)"))
        {
            using (Code.Block($"for (int slot = 0; slot < {slots}; slot++)"))
            {
                Code.Line($"new Span<{Number}>(");
                Code.Line(
                    $"    {Gates(group, "(row + i)")} + {block + used} + (slot * {Lanes}), {Lanes - used}).Clear();");
            }

            foreach (RowBuffer rows in weights.Select(weight => _layer.WeightGradients[weight]))
            {
                Code.Line($"new Span<{Number}>(");
                Code.Line(
                    $"    {Place(rows.Start)} + ((row + i) * {rows.Stride}) + {_layer.Size}, {Lanes - used}).Clear();");
            }
        }
    }

    private void EmitTransposedProduct(TransposedProduct product)
    {
        OperandPlan operand = _layer.Cell.Operands[product.Operand];
        RowBuffer target = operand.State >= 0 ? _layer.States[operand.State].Gradient
            : _layer.Operands[product.Operand].Gradient!;
        PanelMatrix matrix = product.Matrix;
        int width = matrix.PanelVectors * Lanes;
        int segment = _layer.GroupBlocks * product.Slots * Lanes;
        string gates = Gates("0", "row") + (
            product.FirstSlot == 0 ? "" : " + " + Text(product.FirstSlot * Lanes));
        string slots = string.Join(
            ", ", Enumerable.Range(product.FirstSlot, product.Slots).Select(
            slot => Backpropagation.GradientName(_layer.Cell.Slots[slot].Name)));
        Code.Comment($"{Backpropagation.GradientName(operand.Name)} {(product.Adds ? "+=" : "=")} [{slots}]·Uᵀ");
        string panel = matrix.Panels == 1 ? "0" : "panel";
        bool needsScope = _layer.TransposedProducts.Count > 1;
        using (matrix.Panels > 1 ? EachToAndFro("panel", matrix.Panels) : needsScope ? Code.Scope() : null)
        {
            bool isProjected = operand.State >= 0 && _layer.States[operand.State].IsProjected;
            string row = isProjected ? "before" : "(nint)first";
            Code.Line(
                $"{Number}* target = {Place(target.Start)} + ({row} * {target.Stride}){At(panel, width)};");
            var call = new ProductCall
            {
                Rows = "rows",
                Depth = Text(segment),
                A = gates,
                ARow = Stride,
                B = $"{Place(matrix.Start)}{At(panel, matrix.PanelStride)}",
                Init = product.Adds ? null : Place(Context.Plan.Zeros.Start),
                C = "target",
                CRow = target.Stride,
                Segments = Text(_layer.Groups),
                ASegment = _layer.Gates.GroupStride,
            };
            EmitByWidth(matrix, panel, vectors => call.Emit(Code, Context, vectors));
        }
    }
}
