using RnnGen.Generator.Model;

namespace RnnGen.Generator.Equations;

/// <summary>What the algebra knows of a function.</summary>
/// <param name="Name">As equation files call it, and as <see cref="Node.Function"/> refers to it.</param>
/// <param name="Arity">Operands: 1 or 2.</param>
internal sealed record Function(string Name, int Arity = 1)
{
    /// <summary>How it is printed, operands as {0} and {1}; null prints <see cref="Definition"/>.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// The function in terms of others, which is then its code, too. Null for one that the emitters have to know.
    /// </summary>
    public Func<Formula[], Formula>? Definition { get; init; }

    /// <summary>
    /// The derivative by each operand, from the operands and the function's value; null differentiates
    /// <see cref="Definition"/>.
    /// </summary>
    public IReadOnlyList<Func<Formula[], Formula, Formula>>? Derivatives { get; init; }

    /// <summary>
    /// The most that its value can be, of either sign, from the most that its operands can be; null takes it from
    /// <see cref="Definition"/>, or does not know any.
    /// </summary>
    public Func<double[], double>? Bound { get; init; }

    /// <summary>One instruction: it takes no time to speak of, and is computed again rather than kept.</summary>
    public bool IsInstruction { get; init; }

    /// <summary>Whether equation files may call it.</summary>
    public bool IsCallable { get; init; } = true;

    /// <summary>The derivative of a call by an operand.</summary>
    /// <param name="result">The call.</param>
    /// <param name="operand">0 or 1.</param>
    public int Derivative(EquationGraph graph, int result, int operand)
    {
        Formula[] operands = Operands(graph, graph[result].Left, graph[result].Right);
        return Derivatives is not null ? Derivatives[operand](operands, new Formula(graph, result)).Id
            : Definition is not null ? Equations.Derivatives.Along(graph, Definition(operands).Id, operands[operand].Id)
            : throw new InvalidOperationException($"{Name} has no derivative.");
    }

    /// <summary>The definition over operands; -1 where there is no second one.</summary>
    public int Define(EquationGraph graph, int left, int right) => Definition!(Operands(graph, left, right)).Id;

    /// <summary>The definition as one expression.</summary>
    public Expression Define(Expression left, Expression? right)
    {
        var graph = new EquationGraph();
        int first = graph.Leaf(Operation.State, 0, "");
        int second = Arity > 1 ? graph.Leaf(Operation.State, 1, "") : -1;
        return Expression.Of(
            graph, Define(graph, first, second), id => id == first ? left : id == second ? right : null);
    }

    private Formula[] Operands(EquationGraph graph, int left, int right) =>
        Arity > 1 ? [new(graph, left), new(graph, right)] : [new(graph, left)];
}
