namespace RnnGen.Generator.Layers;

/// <summary>What a recurrent layer reads beside its input and is made within a loop.</summary>
/// <param name="name">Whose it is.</param>
/// <param name="make">Adds what makes it of the layer's own state before the step; null where it is there.</param>
internal sealed class LoopedInput(string name, Func<Value, Value>? make)
{
    /// <summary>Of what is there, in a loop that is open.</summary>
    public LoopedInput(string name, Value made)
        : this(name, make: null) => Made = made;

    /// <summary>Whose it is.</summary>
    public string Name => name;

    /// <summary>Its rows; null until they are planned.</summary>
    public Value? Made { get; private set; }

    /// <summary>Adds what makes it.</summary>
    /// <param name="before">The recurrent layer's first state before the step.</param>
    public Value Make(Value before) => Made = make!(before);
}
