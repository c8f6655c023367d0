namespace RnnGen;

/// <summary>
/// Layer normalization (Ba et al. 2016), applied to every row x for itself: y = w ⊙ (x − m) / √(v + ε) + b, where m is
/// the mean of the row's numbers and v the mean of their (x − m)². The gain w starts as ones and the bias b as zeros.
/// Rows keep their size, and each number of a result depends on the whole row: behind a bidirectional layer, on both
/// directions.
/// </summary>
/// <remarks>
/// Tensors are written as PyTorch's <c>nn.LayerNorm</c> of the rows' size names them: <c>weight</c> and <c>bias</c> are
/// <c>[size]</c>.
/// </remarks>
public sealed class LayerNormAttribute : LayerAttribute
{
    /// <summary>The number ε that is added to the variance: from 1e-12 to 1. Default 1e-5, as PyTorch's.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether there is a bias b. Default <see langword="true"/>.</summary>
    public bool Bias { get; set; } = true;
}
