using RnnGen.Generator.Model;

namespace RnnGen.Generator.Equations;

/// <summary>
/// Equations in the order in which emitted code evaluates them, for one hidden unit of one sequence: what is read from
/// memory, what is computed and what is written.
/// </summary>
internal sealed record EquationProgram(
    EquatableArray<Load> Loads, EquatableArray<Statement> Statements, EquatableArray<Store> Stores)
{
    public static EquationProgram Empty { get; } =
        new(EquatableArray<Load>.Empty, EquatableArray<Statement>.Empty, EquatableArray<Store>.Empty);
}

/// <summary>Where a value of a cell lies in memory.</summary>
internal enum ValueKind
{
    /// <summary>A slot of the gates' buffer: a term, then what is saved in its place, then its gradient.</summary>
    Slot,

    /// <summary>A buffer of its own, one row per packed row.</summary>
    Saved,

    /// <summary>A state before the step.</summary>
    OldState,

    /// <summary>A state after the step.</summary>
    NewState,

    /// <summary>A weight vector.</summary>
    Weight,

    /// <summary>The gradient of a state, handed from step to step.</summary>
    StateGradient,

    /// <summary>The gradient of the layer's output.</summary>
    OutputGradient,

    /// <summary>The recurrent operand of a later stage's matrix product.</summary>
    Operand,

    /// <summary>The gradient of such an operand.</summary>
    OperandGradient,

    /// <summary>What a weight vector's gradient receives from one row.</summary>
    WeightGradient,

    /// <summary>A mean over the units of a row: what is stored is added up, what is read is their mean.</summary>
    Mean,

    /// <summary>A value of a whole row that the forward pass keeps for the backward pass.</summary>
    Kept,

    /// <summary>A value of a whole row that was computed before its units are; the index is its node's.</summary>
    OfRow,
}

internal readonly record struct ValuePlace(ValueKind Kind, int Index);

/// <summary>A value read from one place, or the sum of two.</summary>
internal sealed record Load(string Name, ValuePlace Place, ValuePlace? Plus = null);

/// <summary>A named value and the expression that computes it.</summary>
internal sealed record Statement(string Name, Expression Value);

/// <summary>A value written to memory, or added to what is there.</summary>
internal sealed record Store(ValuePlace Place, string Name, bool Adds = false);

/// <summary>An expression over named values.</summary>
/// <param name="Operation">For <see cref="Operation.Constant"/> the value is <paramref name="Value"/>; names have no
/// operation.</param>
/// <param name="Name">The value's name, for a leaf; the function's, for a call.</param>
internal sealed record Expression(Operation? Operation, Expression? Left, Expression? Right, double Value, string Name)
{
    public static Expression Of(string name) => new(null, null, null, 0, name);

    public static Expression Of(double value) => new(Model.Operation.Constant, null, null, value, "");

    public static Expression Call(string function, Expression left, Expression? right = null) =>
        new(Model.Operation.Call, left, right, 0, function);

    /// <summary>A node of a graph over expressions that are known.</summary>
    /// <param name="known">The expression that stands for a node; null to go on to its operands.</param>
    public static Expression Of(EquationGraph graph, int id, Func<int, Expression?> known)
    {
        Node node = graph[id];
        return known(id) ?? (node.Operation == Model.Operation.Constant ? Of(node.Value) : new Expression(
            node.Operation,
            Of(graph, node.Left, known),
            node.IsBinary ? Of(graph, node.Right, known) : null,
            0,
            node.Function));
    }

    /// <summary>Whether it calls this function.</summary>
    public bool Calls(string function) => Operation == Model.Operation.Call && Name == function;
}
