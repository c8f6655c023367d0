namespace RnnGen.Generator.Model;

/// <summary>A recurrent cell as its equation file states it, options resolved.</summary>
internal sealed record CellSpec
{
    /// <summary>The class's name, such as <c>Lstm</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What weight files record the cell under.</summary>
    public const string NameInFiles = "Cell";

    /// <summary>
    /// What weight files call the cell: a built-in one by its name, others by their full one, so that they are told
    /// apart.
    /// </summary>
    public required string FileName { get; init; }

    /// <summary>Names of the states; the first is the cell's output.</summary>
    public required EquatableArray<string> States { get; init; }

    /// <summary>Gates in the order of weight files.</summary>
    public required EquatableArray<GateSpec> Gates { get; init; }

    /// <summary>Names of the weight vectors.</summary>
    public required EquatableArray<string> Weights { get; init; }

    /// <summary>Applications of gates: the matrix products of the cell.</summary>
    public required EquatableArray<TermSpec> Terms { get; init; }

    /// <summary>The equations; operands stand before their users.</summary>
    public required EquatableArray<Node> Nodes { get; init; }

    /// <summary>Options of the attribute that the equations look at, and the values that they tell apart.</summary>
    public required EquatableArray<OptionSpec> Options { get; init; }

    /// <summary>The node that computes each state's new value.</summary>
    public required EquatableArray<int> Results { get; init; }
}

/// <param name="Negated">Weight files hold the weights with the opposite sign.</param>
internal sealed record GateSpec(string Name, double InitialBias, bool Negated);

/// <summary>One application of a gate, such as <c>forget[x, hidden]</c>.</summary>
/// <param name="Gate">Index of the gate.</param>
/// <param name="HasInput">The cell's input is an operand.</param>
/// <param name="Operand">Node of the recurrent operand, or -1.</param>
internal sealed record TermSpec(int Gate, bool HasInput, int Operand);

/// <summary>An option of a cell, such as <c>Activation</c>.</summary>
/// <param name="Value">The chosen value: a member of an enum, or true or false.</param>
/// <param name="Values">What the value is compared with, and the default value.</param>
internal sealed record OptionSpec(string Name, string Value, EquatableArray<string> Values)
{
    /// <summary>The enum that the value is a member of; null for true and false.</summary>
    public string? EnumName { get; init; }

    /// <summary>The value that weight files without a record are taken to be of; null for any.</summary>
    public string? Assumed { get; init; }
}
