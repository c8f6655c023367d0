using RnnGen.Generator.Equations;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>Weights of few results: a row for each.</summary>
internal sealed class NarrowDenseWeights : DenseWeights
{
    // Up to here adding up the lanes of a vector costs less than empty lanes do.
    private const int MostResults = 4;

    // The library's dot product has as many partial sums.
    private const int LeastInputs = 16;

    private readonly NarrowMatrix _matrix;

    public NarrowDenseWeights(string prefix, Value input, int size, bool hasBias, PlanBuilder builder)
        : base(prefix, input, size, hasBias, builder)
    {
        int stride = builder.Padded(input.Size);
        NamedOffset weights = builder.Parameters.Add(
            $"{Name}Weights", size * builder.Padded((long)input.Size), $"[{size}, {input.Size}]");
        _matrix = new NarrowMatrix(weights, size, input.Size, stride);
        AddTensor(new RowLayout(weights, stride));
    }

    /// <summary>A rule of sizes alone, so that results are the same bits on every target.</summary>
    /// <param name="isBidirectional">The inputs are two padded segments.</param>
    public static bool Suits(double inputs, bool isBidirectional, double results) =>
        results <= MostResults && inputs >= LeastInputs && !isBidirectional;

    public override void AddForward(RowBuffer rows, NamedOffset? bias) =>
        Builder.AddForward(new MultiplyNarrow($"Multiply{Name}", ForwardComment, Input.Rows!, _matrix, bias, rows));

    public override void AddWeightGradient(RowBuffer gradient) =>
        Builder.AddBackward(new NarrowWeightGradient(
            $"Differentiate{Name}Weights", WeightGradientComment(gradient), Input.Rows!, gradient, _matrix));

    public override void AddInputGradient(RowBuffer gradient, RowBuffer inputGradient) =>
        Builder.AddBackward(new NarrowInputGradient(
            $"Differentiate{Name}Inputs", InputGradientComment(gradient), gradient, _matrix, inputGradient));

    public override void AddStep(NamedOffset? bias, NamedOffset target, EquationProgram? activation) =>
        Builder.AddStep(new StepNarrowDense(
            $"Step{Name}", StepComment, Input.Step!, _matrix, bias, target, activation));
}
