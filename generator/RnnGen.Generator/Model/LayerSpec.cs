namespace RnnGen.Generator.Model;

/// <summary>One layer attribute with the arguments that the user wrote.</summary>
internal sealed record LayerSpec
{
    /// <summary>The attribute's full metadata name, such as <c>RnnGen.DenseAttribute</c>.</summary>
    public required string Attribute { get; init; }

    /// <summary>The name as written in a declaration, such as <c>Dense</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The stack that the layer is looked at as a part of; empty where the model has one.</summary>
    public string Stack { get; init; } = "";

    /// <summary>The name in messages.</summary>
    public string Title => Stack.Length == 0 ? Name : $"{Name} of the {Stack}";

    /// <summary>Whether a recurrent layer stands further up in its stack.</summary>
    public bool FollowsRecurrent { get; init; }

    /// <summary>It is no layer, but the beginning of a stack.</summary>
    public bool BeginsStack => Attribute is "RnnGen.EncoderAttribute" or "RnnGen.DecoderAttribute";

    /// <summary>
    /// Which of the class's declarations carries the attribute: 0 for the one with <c>[SequenceModel]</c>.
    /// </summary>
    public required int Part { get; init; }

    /// <summary>Constructor arguments under their parameters' names, then named ones; only what was written.</summary>
    public required EquatableArray<ArgumentSpec> Arguments { get; init; }

    /// <summary>The equations, for a recurrent layer.</summary>
    public CellSpec? Cell { get; init; }

    /// <summary>Why the equations could not be read, or null.</summary>
    public string? CellProblem { get; init; }

    /// <summary>The loss, where the attribute declares one.</summary>
    public LossSpec? Loss { get; init; }

    /// <summary>The value of an argument, whatever the case of its first letter.</summary>
    public ArgumentSpec? Argument(string name) =>
        Arguments.FirstOrDefault(argument => string.Equals(argument.Name, name, StringComparison.OrdinalIgnoreCase));

    public double Number(string name, double missing) => Argument(name)?.Number ?? missing;

    public int Integer(string name, int missing) =>
        (int)Math.Max(int.MinValue, Math.Min(int.MaxValue, Number(name, missing)));

    public bool Flag(string name, bool missing = false) => Number(name, missing ? 1 : 0) != 0;

    public string? Text(string name) => Argument(name)?.Text;
}
