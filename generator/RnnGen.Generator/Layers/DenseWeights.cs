using RnnGen.Generator.Equations;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>How the weights of a dense layer lie, and the products that take them in this form.</summary>
/// <param name="hasBias">Whether a bias is added to the products; else they start from zeros.</param>
internal abstract class DenseWeights(string prefix, Value input, int size, bool hasBias, PlanBuilder builder)
{
    protected string Prefix { get; } = prefix;

    protected string Name { get; } = PlanBuilder.Identifier(prefix);

    protected Value Input { get; } = input;

    protected int Size { get; } = size;

    protected PlanBuilder Builder { get; } = builder;

    /// <summary>R for rows of every step, B for rows of every sequence.</summary>
    public string Letter => Input.Kind == RowKind.PerStep ? "R" : "B";

    private string Equation => $"{Prefix} = {(hasBias ? "b + " : "")}x·W";

    protected string ForwardComment => $"{Equation}   [{Letter}, {Input.Size}] → [{Letter}, {Size}]";

    /// <summary>Adds the rows' product.</summary>
    public abstract void AddForward(RowBuffer rows, NamedOffset? bias);

    /// <summary>Adds the gradient of the weights.</summary>
    public abstract void AddWeightGradient(RowBuffer gradient);

    /// <summary>Adds the gradient of the inputs.</summary>
    public abstract void AddInputGradient(RowBuffer gradient, RowBuffer inputGradient);

    /// <summary>Adds the streaming step.</summary>
    public abstract void AddStep(NamedOffset? bias, NamedOffset target, EquationProgram? activation);

    /// <summary>Declares the weights as files know them.</summary>
    /// <param name="layout">Where they lie.</param>
    protected void AddTensor(TensorLayout layout) =>
        Builder.Tensors.Add(new TensorPlan(
            $"{Prefix}.weight", new([Size, Input.Size]),
            new(
                [new TensorPartPlan(
                    0, Size, Input.Size, layout, new InitialValues(InitialKind.XavierUniform))])));

    protected string WeightGradientComment(RowBuffer gradient) =>
        $"dW = xᵀ·{Backpropagation.GradientName(Prefix)}   [{Input.Size}, {gradient.Width}]";

    protected string InputGradientComment(RowBuffer gradient) =>
        $"dx = {Backpropagation.GradientName(Prefix)}·Wᵀ   [{Letter}, {gradient.Width}] → [{Letter}, {Input.Size}]";

    protected string StepComment => $"{Equation}   [{Input.Size}] → [{Size}]";
}
