namespace RnnGen;

/// <summary>
/// Attention of a decoder to the rows of the encoder's last layer: at each step a query is compared with all rows of
/// its source, the softmax of these scores is their weights, and their sum by these weights the context. Rows behind a
/// source's end have weights of exactly 0. Where the attribute stands decides what is the query:
/// <list type="bullet">
/// <item>Above the decoder's first recurrent layer (Bahdanau et al. 2015) it is that layer's first state before the
/// step, and the layer's input at the step is the row above with the context behind it.</item>
/// <item>Below a recurrent layer (Luong et al. 2015) it is the row above, h, and the result replaces it:
/// tanh(W [context; h]), without bias.</item>
/// </list>
/// </summary>
/// <remarks>
/// Tensors are those of PyTorch's <c>nn.Linear</c> without bias: <c>key.weight</c> is U, <c>[size, row]</c> or, for
/// <see cref="AttentionScore.General"/>, <c>[query, row]</c>; <c>query.weight</c> is W, <c>[size, query]</c>;
/// <c>score.weight</c> is v, <c>[1, size]</c>; and <c>output.weight</c> is <c>[size, row + query]</c>. Each is there
/// only where the equations above have it.
/// </remarks>
/// <param name="score">How queries are compared with rows.</param>
/// <param name="size">
/// Numbers of v in <see cref="AttentionScore.Additive"/> and, below a recurrent layer, of the result: 1 or more, or 0,
/// the default, for as many as the query has.
/// </param>
public sealed class AttentionAttribute(AttentionScore score, int size = 0) : LayerAttribute
{
    /// <summary>How queries are compared with rows.</summary>
    public AttentionScore Score { get; } = score;

    /// <summary>
    /// Numbers of v in <see cref="AttentionScore.Additive"/> and, below a recurrent layer, of the result; 0 where they
    /// are those of the query.
    /// </summary>
    public int Size { get; } = size;

    /// <summary>
    /// Whether the decoder's first recurrent layer reads the result of the step before behind its own input, zeros at
    /// first (Luong et al. 2015): only below a recurrent layer. Default <see langword="false"/>.
    /// </summary>
    public bool InputFeeding { get; set; }
}
