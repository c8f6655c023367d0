namespace RnnGen;

/// <summary>
/// Base of every recurrent layer: a stack of cells stepped over time. Rows <c>[size]</c> come out of it at every step,
/// <c>[2·size]</c> if <see cref="Bidirectional"/>.
/// </summary>
/// <param name="size">Hidden units of one cell in one direction: 1 or more.</param>
public abstract class RecurrentAttribute(int size) : LayerAttribute
{
    /// <summary>Hidden units of one cell in one direction: 1 or more.</summary>
    public int Size { get; } = size;

    /// <summary>Cells stacked above each other, each reading the rows of the one below: 1 or more. Default 1.</summary>
    public int Layers { get; set; } = 1;

    /// <summary>
    /// Whether a second cell of each layer reads the sequence from its own end to its start, its rows concatenated
    /// behind the first's. Such a model needs the whole sequence, so it cannot be streamed. Default
    /// <see langword="false"/>.
    /// </summary>
    public bool Bidirectional { get; set; }

    /// <summary>
    /// Probability in [0, 1) with which training zeroes a number between two stacked layers; what stays is scaled by
    /// 1 / (1 - Dropout). It does not apply after the last layer. Default 0.
    /// </summary>
    public float Dropout { get; set; }

    /// <summary>
    /// Numbers that each cell's hidden state is projected to by a matrix without bias before the next step and the
    /// layer above read it (Sak et al. 2014; PyTorch's <c>proj_size</c>): 1 to size − 1, or 0, the default, for none.
    /// Rows <c>[Projection]</c> then come out of the layer. For cells whose equations read the hidden state in products
    /// only, as the LSTM's do.
    /// </summary>
    public int Projection { get; set; }

    /// <summary>
    /// Whether the rows that each stacked layer reads, before dropout, are added to those that it makes: a residual
    /// connection around each layer, as in GNMT (Wu et al. 2016). Its input then has as many numbers as its result.
    /// Default <see langword="false"/>.
    /// </summary>
    public bool Residual { get; set; }

    /// <summary>
    /// Whether the cells' gates have biases. Without them (PyTorch's <c>bias=False</c>) there are no tensors
    /// <c>bias_ih</c> and <c>bias_hh</c>, in files neither, and the values that the equations give biases to start
    /// from, such as 1 for an LSTM's forget gate, have no effect. Default <see langword="true"/>.
    /// </summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// The name of an <see cref="AttentionAttribute"/> above the decoder's first recurrent layer, whose context every
    /// stacked layer reads behind its input, as in GNMT (Wu et al. 2016); a <see cref="Residual"/> connection is
    /// around the input alone. Null, the default, for none: the layer right below that attention reads it anyway.
    /// </summary>
    public string? Context { get; set; }

    /// <summary>
    /// Whether what sequences start from is learned instead of being zeros: each state of each layer and direction has
    /// a vector <c>[size]</c> among the weights (<c>lstm.hidden_0_l0</c>, <c>lstm.cell_0_l0_reverse</c>), zeros at
    /// first; with <see cref="Projection"/> the first state's is <c>[Projection]</c>. All sequences and streams that
    /// are given no state start from it; those that are given one, or carry on from a batch before, send it no
    /// gradient. Default <see langword="false"/>.
    /// </summary>
    public bool LearnedState { get; set; }
}
