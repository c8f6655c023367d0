using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits the method of each operation of a pass.</summary>
internal sealed class PassEmitter(CodeWriter code, EmissionContext context)
{
    public void Emit(PassOperation operation)
    {
        switch (operation)
        {
            case LoopOperation loop:
                new LoopEmitter(code, context, loop).Emit();
                break;
            case AttendRows attend:
                new AttentionEmitter(code, context).Emit(attend);
                break;
            case AttendGradient gradient:
                new AttentionEmitter(code, context).Emit(gradient);
                break;
            case ShiftRows or ShiftGradient or AddCarried:
                new ShiftEmitter(code, context).Emit(operation);
                break;
            case PoolRows or PoolRowsBackward:
                new PoolEmitter(code, context).Emit(operation);
                break;
            case MultiplyRows multiply:
                new MultiplyEmitter(code, context).Emit(multiply);
                break;
            case WeightGradient gradient:
                new GradientEmitter(code, context).Emit(gradient);
                break;
            case MultiplyNarrow or NarrowInputGradient or NarrowWeightGradient:
                new NarrowEmitter(code, context).Emit(operation);
                break;
            case EvaluateRows evaluation:
                new EvaluationEmitter(code, context).Emit(evaluation);
                break;
            case SumRows sum:
                new GradientEmitter(code, context).Emit(sum);
                break;
            default:
                new RowsEmitter(code, context).Emit(operation);
                break;
        }
    }
}
