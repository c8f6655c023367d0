using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits what a loop does with the rows of the step before.</summary>
internal sealed class ShiftEmitter(CodeWriter code, EmissionContext context) : OperationEmitter(code, context)
{
    public void Emit(PassOperation operation)
    {
        using (Method(operation))
        using (EachRowOfSteps())
        {
            Code.Line("int i = row - pass.StepOffset[t];");
            if (operation is ShiftRows shift)
            {
                Code.Line($"int before = t == 0 ? i : {Context.Plan.Batch} + pass.StepOffset[t - 1] + i;");
                Code.Line($"new Span<{Number}>(");
                Code.Line($"    {Row(shift.Source, "before")}, {shift.Source.SegmentStride}).CopyTo(");
                Code.Line($"    new Span<{Number}>({Row(shift.Target, "row")}, {shift.Target.SegmentStride}));");
            }
            else if (operation is ShiftGradient gradient)
            {
                string target = gradient.IsCarried ? "i"
                    : $"(t == 0 ? i : {Context.Plan.Batch} + pass.StepOffset[t - 1] + i)";
                Code.Line($"RowAddition.Add<{Operations.Lanes}, {Number}>(");
                Code.Line($"    {Row(gradient.Source, "row")},");
                Code.Line($"    {Row(gradient.Target, target)}, {gradient.Source.SegmentStride});");
            }
        }
    }

    private static string Row(RowBuffer rows, string row) => $"{Place(rows.Start)} + ((nint){row} * {rows.Stride})";
}
