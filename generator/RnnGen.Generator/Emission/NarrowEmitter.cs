using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits dense layers of few results: calls of the library, which runs its vectors along the inputs.</summary>
internal sealed class NarrowEmitter(CodeWriter code, EmissionContext context) : OperationEmitter(code, context)
{
    private string Library => $"NarrowDense<{Operations.Lanes}, {Number}>";

    public void Emit(PassOperation operation)
    {
        using (Method(operation))
        {
            switch (operation)
            {
                case MultiplyNarrow multiply:
                    EmitMultiply(multiply);
                    break;
                case NarrowInputGradient gradient:
                    EmitInputGradient(gradient);
                    break;
                case NarrowWeightGradient gradient:
                    EmitWeightGradient(gradient);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(operation), operation, "No emitter for this.");
            }
        }
    }

    private void EmitMultiply(MultiplyNarrow multiply)
    {
        NarrowMatrix matrix = multiply.Matrix;
        Code.Line($"{Library}.Forward(");
        Code.Line($"    x: {RowAt(multiply.Source)}, xStride: {multiply.Source.Stride},");
        Code.Line($"    rows: end - first, {Weights(matrix)}, inputs: {matrix.Inputs},");
        Code.Line($"    bias: {Place((multiply.Bias ?? Context.Plan.Zeros).Start)}, results: {matrix.Results},");
        Code.Line($"    y: {RowAt(multiply.Target)}, yStride: {multiply.Target.Stride});");
    }

    private void EmitInputGradient(NarrowInputGradient gradient)
    {
        NarrowMatrix matrix = gradient.Matrix;
        Code.Line($"{Library}.DifferentiateInputs(");
        Code.Line($"    dy: {RowAt(gradient.Gradient)}, dyStride: {gradient.Gradient.Stride},");
        Code.Line($"    rows: end - first, results: {matrix.Results},");
        Code.Line($"    {Weights(matrix)}, inputs: {matrix.Inputs},");
        string adds = gradient.Adds ? ", adds: true" : "";
        Code.Line($"    dx: {RowAt(gradient.Target)}, dxStride: {gradient.Target.Stride}{adds});");
    }

    private void EmitWeightGradient(NarrowWeightGradient gradient)
    {
        NarrowMatrix matrix = gradient.Matrix;
        int vectors = (matrix.Inputs + Lanes - 1) / Lanes;
        Code.Comment("Workers share the inputs, so that rows are added in the same order whatever their number.");
        EmitShare(Text(vectors));
        string columns = Lanes == 1 ? "first: first, end: end"
            : $"first: first * {Lanes}, end: Math.Min(end * {Lanes}, {matrix.Inputs})";
        Code.Line($"{Library}.DifferentiateWeights(");
        Code.Line($"    x: {Place(gradient.Source.Start)}, xStride: {gradient.Source.Stride},");
        Code.Line($"    dy: {Place(gradient.Gradient.Start)}, dyStride: {gradient.Gradient.Stride},");
        Code.Line($"    rows: {Rows(gradient.Source.Kind)}, results: {matrix.Results}, {columns},");
        Code.Line($"    dweights: {Place(matrix.Start.Gradient)}, weightStride: {matrix.Stride});");
    }

    private static string Weights(NarrowMatrix matrix) =>
        $"weights: {Place(matrix.Start)}, weightStride: {matrix.Stride}";

    private static string RowAt(RowBuffer rows) => $"{Place(rows.Start)} + ((nint)first * {rows.Stride})";
}
