namespace RnnGen.Weights;

/// <summary>How a part of a file's tensor relates to the number in the arena that it maps to.</summary>
public enum TensorPartRole
{
    /// <summary>The part is the number: written from it and read into it.</summary>
    Value,

    /// <summary>
    /// The part is added to a <see cref="Value"/> part at the same place: the second bias of PyTorch's layout. Written
    /// as zeros, added on reading; its gradient equals the other's.
    /// </summary>
    Addend,
}
