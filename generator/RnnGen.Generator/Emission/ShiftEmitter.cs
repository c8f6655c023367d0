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
            switch (operation)
            {
                case ShiftRows shift:
                    Code.Line($"int before = {Before};");
                    EmitCopy(Row(shift.Source, "before"), Row(shift.Target, "row"), shift.Target.SegmentStride);
                    break;
                case ShiftGradient gradient:
                    EmitGradient(gradient);
                    break;
                case AddCarried carried:
                    EmitAddition(
                        Row(carried.Carried, "i"), Row(carried.Target, "row"), carried.Target.SegmentStride);
                    break;
            }
        }
    }

    private string Before => $"t == 0 ? i : {Context.Plan.Batch} + pass.StepOffset[t - 1] + i";

    private void EmitGradient(ShiftGradient gradient)
    {
        string source = Row(gradient.Source, "row");
        string target = Row(gradient.Target, gradient.IsCarried ? "i" : $"({Before})");
        if (gradient.Adds)
        {
            EmitAddition(source, target, gradient.Source.SegmentStride);
        }
        else
        {
            EmitCopy(source, target, gradient.Source.SegmentStride);
        }
    }

    private static string Row(RowBuffer rows, string row) => $"{Place(rows.Start)} + ((nint){row} * {rows.Stride})";
}
