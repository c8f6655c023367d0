using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits equations over whole rows, one row after the other.</summary>
internal sealed class EvaluationEmitter(CodeWriter code, EmissionContext context) : OperationEmitter(code, context)
{
    public void Emit(EvaluateRows evaluation)
    {
        RowBuffer shape = evaluation.Values[0];
        var program = new RowProgramEmitter(Code, Context, evaluation.Program, shape.Size);
        using (Method(evaluation))
        {
            program.EmitSums();
            program.EmitWeights(evaluation.Weights.Select(weight => Place(weight.Start)));
            using (Code.Block("for (int row = first; row < end; row++)"))
            {
                EmitPointers("rows", evaluation.Values);
                EmitPointers("kept", evaluation.Kept);
                program.Emit();
                if (evaluation.IsGradient)
                {
                    EmitPadding(evaluation, shape);
                }
            }
        }
    }

    private void EmitPointers(string name, IEnumerable<RowBuffer> rows)
    {
        int index = 0;
        foreach (RowBuffer buffer in rows)
        {
            Code.Line($"{Number}* {name}{Text(index++)} = {Place(buffer.Start)} + ((nint)row * {buffer.Stride});");
        }
    }

    private void EmitPadding(EvaluateRows evaluation, RowBuffer shape)
    {
        int padding = shape.Stride.Value - shape.Size;
        if (padding == 0)
        {
            return;
        }

        Code.Line();
        foreach (int index in evaluation.Program.Stored)
        {
            Code.Line($"new Span<{Number}>(rows{Text(index)} + {shape.Size}, {padding}).Clear();");
        }
    }
}
