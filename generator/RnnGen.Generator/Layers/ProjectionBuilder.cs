using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>
/// Plans the projection of a cell's first result onto its first state, step by step (Sak et al. 2014): what the next
/// step and the layer above read.
/// </summary>
internal sealed class ProjectionBuilder
{
    private readonly PlanBuilder _builder;
    private readonly string _name;
    private readonly int _size;
    private readonly StateRows _state;
    private readonly StateRows _gradient;
    private readonly RowBuffer _result;

    public ProjectionBuilder(
        PlanBuilder builder, string prefix, string name, string suffix, int size, StateRows state, StateRows gradient)
    {
        (_builder, _name, _size, _state, _gradient) = (builder, name, size, state, gradient);
        int width = state.Rows.Width;
        int vectors = builder.Vectors(width);
        int panelVectors = builder.Target.PanelVectors(vectors);
        Matrix = builder.Matrix(
            builder.Parameters, $"{name}ProjectionWeights", size, vectors, panelVectors,
            $"[{size}, {width}] in panels of {panelVectors * builder.Lanes} columns");
        _result = builder.Rows($"{name}Unprojected", size, RowKind.PerStep, "what the equations make of the state");
        ResultGradient = builder.BackwardRows($"d{name}Unprojected", size, RowKind.PerStep, "its gradient");
        State = new StatePlan(state.Rows, state.Initial, gradient.Initial, _result) { RowsGradient = gradient.Rows };
        Plan = new ProjectionPlan(Forward(), Backward());

        // As PyTorch names it where proj_size is given.
        builder.Tensors.Add(new TensorPlan(
            $"{prefix}.weight_hr{suffix}", new([width, size]), new(
                [new TensorPartPlan(
                    0, width, size, PanelLayout.Of(Matrix, slots: 1, slot: 0),
                    new InitialValues(InitialKind.XavierUniform))])));
        builder.ParameterCount += size * width;
        builder.AddFlops(2L * size * width);
    }

    public PanelMatrix Matrix { get; }

    /// <summary>The gradient that the equations get.</summary>
    public RowBuffer ResultGradient { get; }

    /// <summary>The cell's first state.</summary>
    public StatePlan State { get; }

    /// <summary>What follows the cell at every step.</summary>
    public ProjectionPlan Plan { get; }

    private int PanelWidth => Matrix.PanelVectors * _builder.Lanes;

    /// <summary>Adds the gradient of the weights, after all steps.</summary>
    public void AddWeightGradient() => _builder.AddBackward(new WeightGradient(
        $"Differentiate{Matrix.Name}", $"dV = mᵀ·dh   [{_size}, {_state.Rows.Width}]", Value.OperandOf(_result),
        RowKind.PerStep, RowAlignment.Same, Matrix, _gradient.Rows.Start, PanelWidth, _gradient.Rows.Stride));

    /// <summary>Adds the projection of a streaming step.</summary>
    public void AddStep(NamedOffset source, NamedOffset target)
    {
        NamedOffset weights = _builder.StepWeights.Add(
            $"Step{Matrix.Name}", (_size + 1L) * Matrix.Vectors * _builder.Lanes,
            $"[{_size} + 1, {_state.Rows.Width}], zeros first");
        int chains = StepStage.ChainsFor(1, _state.Rows.Width, inNarrowGroups: false);
        int group = Math.Max(1, Math.Min(_builder.Target.StepVectors / chains, Matrix.Vectors));
        _builder.AddStep(new StepDense(
            $"StepProjectionOf{_name}", $"h = m·V   [{_size}] → [{_state.Rows.Width}]", new StepRow(source.Start),
            Matrix, null, weights, group, chains, target, null));
    }

    private MultiplyRows Forward()
    {
        MatrixOperand source = Value.OperandOf(_result);
        var target = new ProductTarget(_state.Rows.Start, PanelWidth, _state.Rows.Stride);
        return _builder.Named(new MultiplyRows(
            $"Project{_name}State", $"h = m·V   [R, {_size}] → [R, {_state.Rows.Width}]", source, RowKind.PerStep,
            new([_builder.Product(source, Matrix, target)]), ProductStart.Zero, null));
    }

    private MultiplyRows Backward()
    {
        RowBuffer gradient = _gradient.Rows;
        PanelMatrix transposed = DenseLayer.InputGradientMatrix(
            $"{Matrix.Name}Transposed", gradient.SegmentStride, ResultGradient, _builder);
        _builder.Transposes.Add(new TransposePanels(
            Matrix, transposed, PanelWidth, 0, ResultGradient.Width, 1, ResultGradient.SegmentStride));
        var source = new MatrixOperand(gradient.Start, gradient.Stride, 1, gradient.SegmentStride, 0);
        ProductTarget target = DenseLayer.InputGradientTarget(ResultGradient, transposed, _builder);
        return _builder.Named(new MultiplyRows(
            $"Project{_name}StateBackward", $"dm = dh·Vᵀ   [R, {_state.Rows.Width}] → [R, {_size}]", source,
            RowKind.PerStep, new([_builder.Product(source, transposed, target)]), ProductStart.Zero, null));
    }
}
