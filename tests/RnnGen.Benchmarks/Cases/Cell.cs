namespace RnnGen.Benchmarks.Cases;

/// <summary>The recurrent cells that are compared.</summary>
internal enum Cell
{
    Lstm,

    /// <summary>With the reset gate after the matrix product, as PyTorch has it.</summary>
    Gru,

    /// <summary>The form of Cho et al., RnnGen's default: the reset gate before the product.</summary>
    GruCho,
}
