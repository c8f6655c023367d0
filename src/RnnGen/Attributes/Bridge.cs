namespace RnnGen;

/// <summary>What the states of a decoder's recurrent layers start from.</summary>
public enum Bridge
{
    /// <summary>
    /// What the encoder's recurrent layers end in, layer by layer (Sutskever et al. 2014): both stacks have as many of
    /// equal sizes. Where the encoder's read both ways and the decoder's one, both directions' states come side by
    /// side.
    /// </summary>
    LastStates = 0,

    /// <summary>
    /// tanh(W s + b), where s is what the encoder's last recurrent layer ends in: all its states, direction by
    /// direction, side by side (Bahdanau et al. 2015). Each state of the decoder has a W and a b of its own, so the
    /// stacks may differ in depth, size, direction and cell. Tensors: <c>decoder.gru.bridge_hidden_l0.weight</c> and
    /// <c>.bias</c>, those of PyTorch's <c>nn.Linear</c>.
    /// </summary>
    Learned = 1,

    /// <summary>Zeros: what the decoder knows of the source it gets by attention.</summary>
    None = 2,
}
