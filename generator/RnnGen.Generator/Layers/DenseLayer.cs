using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>y = g(W·x + b), row by row, or without b.</summary>
internal sealed class DenseLayer : Layer
{
    public override LayerRole Role => LayerRole.Row;

    public override int OutputSize(LayerSpec layer, IReadOnlyList<int> inputSizes) => layer.Integer("size", 0);

    public override Value Plan(LayerSpec layer, IReadOnlyList<Value> inputs, PlanBuilder builder)
    {
        string prefix = builder.LayerName;
        string? activation = FunctionOf(layer, "Activation");
        builder.Options.Add(
            new OptionPlan(prefix, "Activation", activation ?? "Linear") { EnumName = "Activation" });
        return Apply(
            prefix, inputs[0], OutputSize(layer, []), layer.Flag("Bias", missing: true), activation,
            mayReplaceRows: builder.Readers <= 1, builder);
    }

    /// <summary>Adds y = W·x, whose gradient has rows of its own.</summary>
    public static Value Linear(string prefix, Value input, int size, PlanBuilder builder) =>
        Apply(prefix, input, size, hasBias: false, activation: null, mayReplaceRows: false, builder);

    /// <summary>Adds y = g(W·x + b).</summary>
    /// <param name="prefix">What the names of its tensors begin with.</param>
    /// <param name="hasBias">Whether there is a b.</param>
    /// <param name="activation">g; null for the identity.</param>
    /// <param name="mayReplaceRows">Whether the gradient may take the place of the results.</param>
    /// <param name="target">Rows for the results; null for new ones.</param>
    /// <param name="targetGradient">Rows for their gradient; null for new ones.</param>
    public static Value Apply(
        string prefix, Value input, int size, bool hasBias, string? activation, bool mayReplaceRows,
        PlanBuilder builder, RowBuffer? target = null, RowBuffer? targetGradient = null)
    {
        // In a loop the gradients of weights come after all steps: rows must last so long.
        mayReplaceRows &= builder.Loop is null;
        string name = PlanBuilder.Identifier(prefix);
        builder.ParameterCount += input.Size * size;
        builder.AddFlops(2L * input.Size * size);

        DenseWeights weights = NarrowDenseWeights.Suits(input.Size, input.Rows!.Segments > 1, size)
            ? new NarrowDenseWeights(prefix, input, size, hasBias, builder)
            : new PanelDenseWeights(prefix, input, size, hasBias, builder);
        NamedOffset? bias = hasBias ? LearnedVector.Add(prefix, "bias", size, InitialValues.Zero, builder) : null;
        RowBuffer rows = target ?? builder.Rows($"{name}Rows", size, input.Kind, "results");

        // The one reader of a linear layer's results needs them no more once their gradient is known: it takes their
        // place.
        RowBuffer gradient = targetGradient is not null ? targetGradient
            : activation is null && mayReplaceRows ? rows : builder.BackwardRows(
            $"d{name}Rows", size, input.Kind, "gradient of the results");
        weights.AddForward(rows, bias);
        builder.BeginBackward();
        if (activation is { } function)
        {
            string shape = $"[{weights.Letter}, {size}]";
            builder.AddForward(new MapRows(
                $"Activate{name}", $"{function}   {shape}", new([rows]), Activation(function),
                EquatableArray<int>.Empty));
            builder.AddBackward(new MapRows(
                $"Activate{name}Backward", $"gradient of {function}   {shape}", new([rows, gradient]),
                ActivationGradient(function), EquatableArray<int>.Empty));
        }

        weights.AddWeightGradient(gradient);
        if (bias is not null)
        {
            AddBiasGradient(prefix, name, gradient, bias, builder);
        }

        if (input.Gradient is { } inputGradient)
        {
            weights.AddInputGradient(gradient, inputGradient);
        }

        return new Value
        {
            Rows = rows,
            Gradient = gradient,
            Step = PlanStep(name, size, weights, bias, activation, builder),
        };
    }

    /// <summary>The function that an argument names; null for the identity.</summary>
    public static string? FunctionOf(LayerSpec layer, string argument) => layer.Argument(argument)?.Text switch
    {
        null or "Linear" => null,
        string name => name,
    };

    private static void AddBiasGradient(
        string prefix, string name, RowBuffer gradient, NamedOffset bias, PlanBuilder builder)
    {
        int vectors = builder.Vectors(gradient.Width);
        builder.AddBackward(new SumRows(
            $"Differentiate{name}Bias",
            $"db = sum of {Backpropagation.GradientName(prefix)}   [{gradient.Width}]",
            gradient.Kind, gradient.Start, 1, 0, gradient.Stride, vectors, bias, vectors));
    }

    /// <summary>The panels of a transposed matrix whose columns are a row of gradients, padding included.</summary>
    public static PanelMatrix InputGradientMatrix(string name, long depth, RowBuffer gradient, PlanBuilder builder)
    {
        int vectors = Saturating.ToInt((long)gradient.Segments * builder.Vectors(gradient.Width));
        int panelVectors = builder.Target.PanelVectors(vectors);
        return builder.Matrix(
            builder.Transposed, name, depth, vectors, panelVectors, $"[{depth}, {vectors * builder.Lanes}]");
    }

    public static ProductTarget InputGradientTarget(RowBuffer gradient, PanelMatrix transposed, PlanBuilder builder) =>
        new(gradient.Start, transposed.PanelVectors * builder.Lanes, gradient.Stride);

    private static EquationProgram Activation(string function)
    {
        var graph = new EquationGraph();
        int x = graph.Leaf(Operation.State, 0, "x");
        var writer = new ProgramWriter(graph, id => id == x ? new ValuePlace(ValueKind.Saved, 0) : null, _ => default);
        writer.Store(new ValuePlace(ValueKind.Saved, 0), graph.Call(function, x), "y");
        return writer.ToProgram();
    }

    private static EquationProgram ActivationGradient(string function)
    {
        var graph = new EquationGraph();
        int y = graph.Call(function, graph.Leaf(Operation.State, 0, "x"));
        int arriving = graph.Leaf(Operation.Gradient, 0, "dy");
        graph.Name(y, "y");
        var writer = new ProgramWriter(
            graph,
            id => id == y ? new ValuePlace(ValueKind.Saved, 0) : null,
            _ => (new ValuePlace(ValueKind.Saved, 1), null));
        writer.Store(new ValuePlace(ValueKind.Saved, 1), Derivatives.OfLeft(graph, y, arriving), "dx");
        return writer.ToProgram();
    }

    private static StepRow? PlanStep(
        string name, int size, DenseWeights weights, NamedOffset? bias, string? activation, PlanBuilder builder)
    {
        if (!builder.Streams)
        {
            return null;
        }

        NamedOffset target = builder.State.Add(
            $"Step{name}Rows", builder.Padded((long)size), $"[{size}] results");
        weights.AddStep(bias, target, activation is { } function ? Activation(function) : null);
        return new StepRow(target.Start);
    }
}
