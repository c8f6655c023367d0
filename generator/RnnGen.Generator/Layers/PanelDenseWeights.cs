using RnnGen.Generator.Equations;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>Weights in panels, as the matrix kernels take them.</summary>
internal sealed class PanelDenseWeights : DenseWeights
{
    private readonly PanelMatrix _matrix;

    public PanelDenseWeights(string prefix, Value input, int size, bool hasBias, PlanBuilder builder)
        : base(prefix, input, size, hasBias, builder)
    {
        int vectors = builder.Vectors(size);
        int panelVectors = builder.Target.PanelVectors(vectors);
        _matrix = builder.Matrix(
            builder.Parameters, $"{Name}Weights", input.Size, vectors, panelVectors,
            $"[{input.Size}, {size}] in panels of {panelVectors * builder.Lanes} columns");
        AddTensor(PanelLayout.Of(_matrix, slots: 1, slot: 0));
    }

    private int PanelWidth => _matrix.PanelVectors * Builder.Lanes;

    public override void AddForward(RowBuffer rows, NamedOffset? bias)
    {
        var target = new ProductTarget(rows.Start, PanelWidth, rows.Stride, 0, PanelWidth);
        Builder.AddForward(new MultiplyRows(
            $"Multiply{Name}", ForwardComment, Input.Operand, Input.Kind,
            new([Builder.Product(Input.Operand, _matrix, target)]),
            bias is null ? ProductStart.Zero : ProductStart.Bias, bias));
    }

    public override void AddWeightGradient(RowBuffer gradient) =>
        Builder.AddBackward(new WeightGradient(
            $"Differentiate{Name}Weights", WeightGradientComment(gradient), Input.Operand, Input.Kind,
            RowAlignment.Same, _matrix, gradient.Start, PanelWidth, gradient.Stride,
            CopiesPanels: gradient.Stride >= Builder.Page));

    public override void AddInputGradient(RowBuffer gradient, RowBuffer inputGradient)
    {
        PanelMatrix transposed =
            DenseLayer.InputGradientMatrix($"{Name}Transposed", gradient.Stride, inputGradient, Builder);
        Builder.Transposes.Add(new TransposePanels(
            _matrix, transposed, PanelWidth, 0, inputGradient.Width, inputGradient.Segments,
            inputGradient.SegmentStride));
        var rows = new MatrixOperand(gradient.Start, gradient.Stride, 1, gradient.Stride, 0);
        ProductTarget target = DenseLayer.InputGradientTarget(inputGradient, transposed, Builder);
        Builder.AddBackward(new MultiplyRows(
            $"Differentiate{Name}Inputs", InputGradientComment(gradient), rows, Input.Kind,
            new([Builder.Product(rows, transposed, target)]), ProductStart.Zero, null, inputGradient));
    }

    public override void AddStep(NamedOffset? bias, NamedOffset target, EquationProgram? activation)
    {
        NamedOffset weights = Builder.StepWeights.Add(
            $"Step{Name}Weights", (Input.Size + 1L) * _matrix.Vectors * Builder.Lanes, $"[{Input.Size} + 1, {Size}]");
        int chains = StepStage.ChainsFor(1, Size, inNarrowGroups: false);
        Builder.AddStep(new StepDense(
            $"Step{Name}", StepComment, Input.Step!, _matrix, bias, weights,
            Math.Max(1, Math.Min(Builder.Target.StepVectors / chains, _matrix.Vectors)), chains, target, activation));
    }
}
