namespace RnnGen;

/// <summary>How attention compares a query q with each row m of the encoder: the larger, the more it attends to it.
/// </summary>
public enum AttentionScore
{
    /// <summary>q · m (Luong et al. 2015). Both have as many numbers.</summary>
    Dot = 0,

    /// <summary>q · m / √n of rows of n numbers (Vaswani et al. 2017). Both have as many.</summary>
    ScaledDot = 1,

    /// <summary>q · (U m) with a matrix U (Luong et al. 2015).</summary>
    General = 2,

    /// <summary>v · tanh(W q + U m) with matrices W and U and a vector v (Bahdanau et al. 2015).</summary>
    Additive = 3,
}
