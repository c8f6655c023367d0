namespace RnnGen.Generator.Model;

/// <summary>What a node of an equation graph computes, per hidden unit.</summary>
internal enum Operation
{
    /// <summary>An old state; <c>Index</c> tells which.</summary>
    State,

    /// <summary>An application of a gate: a sum of matrix products and a bias.</summary>
    Term,

    /// <summary>A weight vector.</summary>
    Weight,

    /// <summary>A number.</summary>
    Constant,

    /// <summary>A gradient that arrives from outside the equations.</summary>
    Gradient,
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,

    /// <summary>A function, which its name tells.</summary>
    Call,

    /// <summary>The mean over all units of a row, in every unit.</summary>
    Mean,
}

/// <summary>One node of an equation graph; operands are ids of earlier nodes.</summary>
/// <param name="Left">First operand, or the index of a leaf.</param>
/// <param name="Right">Second operand, or -1.</param>
/// <param name="Value">The number of a constant.</param>
/// <param name="Name">The name that the value has in the equation file; empty where it has none.</param>
internal readonly record struct Node(Operation Operation, int Left, int Right, double Value, string Name)
{
    /// <summary>The function of a call, a row of the equations' table; empty for everything else.</summary>
    public string Function { get; init; } = "";

    public int Index => Left;

    public bool IsLeaf => Operation is
        Operation.State or Operation.Term or Operation.Weight or Operation.Constant or Operation.Gradient;

    public bool IsBinary => !IsLeaf && Right >= 0;
}
