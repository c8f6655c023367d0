namespace RnnGen.Benchmarks.Cases;

/// <summary>What is compared, as every peer can build it: an embedding or features, recurrent layers, a dense layer.
/// </summary>
/// <param name="Cell">The recurrent cell.</param>
/// <param name="Inputs">Features of a step, or numbers that stand for a token.</param>
/// <param name="Hidden">Units of a layer in one direction.</param>
/// <param name="Outputs">Outputs of a step.</param>
internal record Network(Cell Cell, int Inputs, int Hidden, int Outputs)
{
    /// <summary>Tokens of the embedding; 0 for a network that reads features.</summary>
    public int Vocabulary { get; init; }

    public int Layers { get; init; } = 1;

    public bool Bidirectional { get; init; }

    public bool ReadsTokens => Vocabulary > 0;

    /// <summary>What the recurrent tensors' names begin with.</summary>
    public string CellName => Cell == Cell.Lstm ? "lstm" : "gru";

    protected int Gates => Cell == Cell.Lstm ? 4 : 3;

    private int Directions => Bidirectional ? 2 : 1;

    private long Columns => (long)Gates * Hidden * Directions;

    /// <summary>Bytes of weights and biases that a step reads.</summary>
    public long StepBytes
    {
        get
        {
            long numbers = (long)Outputs * (Hidden * Directions + 1);
            for (int layer = 0; layer < Layers; layer++)
            {
                numbers += Columns * (InputsOf(layer) + Hidden + 1);
            }

            return sizeof(float) * numbers;
        }
    }

    /// <summary>
    /// Floating-point operations of the matrix products that one step of one sequence takes in training: each product
    /// forward, for the weights' gradient and for the inputs' gradient, which features do not need.
    /// </summary>
    public virtual long TrainingFlopsPerRow
    {
        get
        {
            long products = 3L * Outputs * Hidden * Directions;
            for (int layer = 0; layer < Layers; layer++)
            {
                bool inputsNeedGradient = layer > 0 || ReadsTokens;
                products += 3L * Columns * Hidden;
                products += (inputsNeedGradient ? 3L : 2L) * Columns * InputsOf(layer);
            }

            return 2 * products;
        }
    }

    private int InputsOf(int layer) => layer == 0 ? Inputs : Hidden * Directions;
}
