namespace RnnGen.Generator.Planning;

/// <summary>A stretch of memory that emitted code works on.</summary>
internal enum MemoryArena
{
    Parameters,

    /// <summary>The weights as the backward pass reads them.</summary>
    Transposed,

    /// <summary>The gradients of the parameters, in their layout.</summary>
    Gradients,

    /// <summary>The rows of a pass.</summary>
    Workspace,

    /// <summary>
    /// Those of them that nobody reads but later operations of the forward pass, and of the backward pass in training:
    /// outside of training they lie where others have lain before. The workspace in either case.
    /// </summary>
    Scratch,

    /// <summary>
    /// What comes from outside, each feed by its name: a batch's packed rows, or the one row of a streaming step.
    /// </summary>
    Feeds,

    /// <summary>The state of a stream.</summary>
    State,

    /// <summary>The weights in the order in which a streaming step uses them.</summary>
    StepWeights,
}

/// <summary>A place in memory; how it is spelled in C# is the emitters' affair.</summary>
/// <param name="Name">
/// The constant that holds the offset in the arena; empty for its start. Of feeds the constant that holds the number.
/// </param>
/// <param name="Column">Numbers to go on from there.</param>
internal sealed record Address(MemoryArena Arena, string Name, int Column = 0)
{
    /// <summary>So many numbers further on.</summary>
    public Address Plus(int numbers) => this with { Column = Column + numbers };

    /// <summary>The gradient of a parameter.</summary>
    public Address Gradient => this with { Arena = MemoryArena.Gradients };
}
