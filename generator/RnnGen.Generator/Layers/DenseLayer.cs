using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>y = g(W·x + b), row by row.</summary>
internal sealed class DenseLayer : Layer
{
    public override LayerRole Role => LayerRole.Row;

    public override int OutputSize(LayerSpec layer, int inputSize) => layer.Integer("size", 0);

    public override Flow Plan(LayerSpec layer, Flow input, PlanBuilder builder)
    {
        string prefix = builder.Prefix(layer);
        string name = PlanBuilder.Identifier(prefix);
        int size = OutputSize(layer, 0);
        Operation? activation = Activation(layer);
        builder.ParameterCount += (input.Size + 1) * size;
        builder.FlopsPerRow += 2L * input.Size * size;

        PanelMatrix matrix = AddMatrix(prefix, name, input.Size, size, builder);
        NamedOffset bias = AddBias(prefix, name, size, builder);
        RowBuffer rows = builder.Rows($"{name}Rows", size, input.Kind, "results");

        // Nobody needs a linear layer's results once their gradient is known: it takes their place.
        RowBuffer gradient = activation is null ? rows : builder.Rows(
            $"d{name}Rows", size, input.Kind, "gradient of the results");
        var target = new ProductTarget(
            rows.Start, matrix.PanelVectors * builder.Lanes, rows.Stride, 0, matrix.PanelVectors * builder.Lanes);
        builder.AddForward(new MultiplyRows(
            $"Multiply{name}", $"{prefix} = b + x·W   [{Letter(input)}, {input.Size}] → [{Letter(input)}, {size}]",
            input.Operand, input.Kind, "Parameters", new([matrix]), new([target]), ProductStart.Bias, bias));
        builder.BeginLayer();
        if (activation is { } function)
        {
            builder.AddForward(
                new MapRows(
                $"Activate{name}", $"{function}   [{Letter(input)}, {size}]", new([rows]), Activation(function)));
            builder.AddBackward(new MapRows(
                $"Activate{name}Backward", $"gradient of {function}   [{Letter(input)}, {size}]", new([rows, gradient]),
                    ActivationGradient(function)));
        }

        PlanBackward(prefix, name, input, gradient, matrix, bias, builder);
        return new Flow
        {
            Rows = rows,
            Gradient = gradient,
            Step = PlanStep(prefix, name, input, size, matrix, bias, activation, builder),
        };
    }

    private static string Letter(Flow flow) => flow.Kind == RowKind.PerStep ? "R" : "B";

    private static Operation? Activation(LayerSpec layer) => layer.Argument("Activation")?.Text switch
    {
        null or "Linear" => null,
        string name => (Operation)Enum.Parse(typeof(Operation), name),
    };

    private static PanelMatrix AddMatrix(string prefix, string name, int depth, int size, PlanBuilder builder)
    {
        int vectors = builder.Padded(size) / builder.Lanes;
        int panelVectors = builder.Target.PanelVectors(vectors);
        PanelMatrix matrix = builder.Matrix(
            builder.Parameters, $"{name}Weights", depth, vectors, panelVectors,
            $"[{depth}, {size}] in panels of {panelVectors * builder.Lanes} columns");
        builder.Tensors.Add(new TensorPlan(
            $"{prefix}.weight",
            new([size, depth]),
            new([new TensorPartPlan(
                0, size, depth,
                    $"new PanelMap({matrix.Name}, {depth}, {vectors}, {panelVectors}, {builder.Lanes}, 1, 0)", false,
                    false, "new XavierUniform()")])));
        return matrix;
    }

    private static NamedOffset AddBias(string prefix, string name, int size, PlanBuilder builder)
    {
        NamedOffset bias = builder.Parameters.Add($"{name}Bias", builder.Padded(size), $"[{size}]");
        builder.Tensors.Add(new TensorPlan(
            $"{prefix}.bias", new([size]), new(
                [new TensorPartPlan(0, size, 1, $"new RowMap({bias.Name}, 1)", false, false, null)])));
        return bias;
    }

    private static void PlanBackward(
        string prefix, string name, Flow input, RowBuffer gradient, PanelMatrix matrix, NamedOffset bias,
            PlanBuilder builder)
    {
        int panelWidth = matrix.PanelVectors * builder.Lanes;
        string gradientName = Backpropagation.GradientName(prefix);
        builder.AddBackward(new WeightGradient(
            $"Differentiate{name}Weights", $"dW = xᵀ·{gradientName}   [{input.Size}, {gradient.Width}]",
            input.Operand, input.Kind, RowAlignment.Same, matrix, gradient.Start, panelWidth, gradient.Stride));
        builder.AddBackward(new SumRows(
            $"Differentiate{name}Bias", $"db = sum of {gradientName}   [{gradient.Width}]",
            input.Kind, gradient.Start, 1, 0, gradient.Stride, matrix.Vectors, bias, matrix.Vectors));
        if (input.Gradient is { } inputGradient)
        {
            PanelMatrix transposed = InputGradientMatrix($"{name}Transposed", gradient.Stride, inputGradient, builder);
            builder.Transposes.Add(new TransposePanels(
                matrix, transposed, panelWidth, 0, inputGradient.Width, inputGradient.Segments,
                    inputGradient.SegmentStride));
            builder.AddBackward(new MultiplyRows(
                $"Differentiate{name}Inputs",
                    $"dx = {gradientName}·Wᵀ   [{Letter(input)}, {gradient.Width}] → [{Letter(input)}, {input.Size}]",
                new MatrixOperand(gradient.Start, gradient.Stride, 1, gradient.Stride, 0), input.Kind, "Transposed",
                new([transposed]), new([InputGradientTarget(inputGradient, transposed, builder)]), ProductStart.Zero,
                    null));
        }
    }

    /// <summary>The panels of a transposed matrix whose columns are a row of gradients, padding included.</summary>
    public static PanelMatrix InputGradientMatrix(string name, int depth, RowBuffer gradient, PlanBuilder builder)
    {
        int vectors = gradient.Segments * gradient.SegmentStride / builder.Lanes;
        int panelVectors = builder.Target.PanelVectors(vectors);
        return builder.Matrix(
            builder.Transposed, name, depth, vectors, panelVectors, $"[{depth}, {vectors * builder.Lanes}]");
    }

    public static ProductTarget InputGradientTarget(RowBuffer gradient, PanelMatrix transposed, PlanBuilder builder) =>
        new(gradient.Start, transposed.PanelVectors * builder.Lanes, gradient.Stride);

    private static EquationProgram Activation(Operation function)
    {
        var graph = new EquationGraph();
        int x = graph.Leaf(Operation.State, 0, "x");
        var writer = new ProgramWriter(graph, id => id == x ? new ValuePlace(ValueKind.Saved, 0) : null, _ => default);
        writer.Store(new ValuePlace(ValueKind.Saved, 0), graph.Apply(function, x), "y");
        return writer.ToProgram();
    }

    private static EquationProgram ActivationGradient(Operation function)
    {
        var graph = new EquationGraph();
        int y = graph.Apply(function, graph.Leaf(Operation.State, 0, "x"));
        int arriving = graph.Leaf(Operation.Gradient, 0, "dy");
        graph.Name(y, "y");
        var writer = new ProgramWriter(
            graph,
            id => id == y ? new ValuePlace(ValueKind.Saved, 0) : null,
            _ => (new ValuePlace(ValueKind.Saved, 1), null));
        writer.Store(new ValuePlace(ValueKind.Saved, 1), Derivatives.OfLeft(graph, y, arriving), "dx");
        return writer.ToProgram();
    }

    private static StepRow PlanStep(
        string prefix, string name, Flow input, int size, PanelMatrix matrix, NamedOffset bias, Operation? activation,
            PlanBuilder builder)
    {
        if (!builder.Streams)
        {
            return StepRow.None;
        }

        NamedOffset target = builder.State.Add($"Step{name}Rows", builder.Padded(size), $"[{size}] results");
        string method = $"Step{name}";
        string comment = $"{prefix} = b + x·W   [{input.Size}] → [{size}]";
        EquationProgram? equations = activation is { } function ? Activation(function) : null;
        if (StepNarrowDense.Suits(input.Size, size))
        {
            NamedOffset rows = builder.StepWeights.Add(
                $"Step{name}Weights", (long)input.Size * size, $"[{size}, {input.Size}]");
            builder.AddStep(new StepNarrowDense(
                method, comment, input.Step.Start, matrix, size, bias, rows, target, equations));
            return StepRow.InState(target);
        }

        NamedOffset weights = builder.StepWeights.Add(
            $"Step{name}Weights", (input.Size + 1L) * matrix.Vectors * builder.Lanes, $"[{input.Size} + 1, {size}]");
        int chains = StepStage.ChainsFor(1, size, isNarrow: false);
        builder.AddStep(new StepDense(
            method, comment, input.Step.Start, matrix, bias, weights,
            Math.Max(1, Math.Min(builder.Target.StepVectors / chains, matrix.Vectors)), chains, target, equations));
        return StepRow.InState(target);
    }
}
