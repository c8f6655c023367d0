using RnnGen.Kernels;

namespace RnnGen.Benchmarks.Deployed;

/// <summary>
/// The network of g2p_en (github.com/Kyubyong/g2p), which tells English pronunciations: an encoder whose last state
/// starts the decoder, PyTorch's GRU in both.
/// </summary>
[EncoderDecoder(SourceSteps = 32, TargetSteps = 20, Batch = 64, Start = 2, End = 3)]
[Encoder, Embedding(vocabulary: 29, size: 256), Gru(256, ResetAfter = true)]
[Decoder, Embedding(vocabulary: 74, size: 256), Gru(256, ResetAfter = true), Dense(74)]
[CrossEntropy]
internal sealed partial class GraphemeToPhoneme
{
    /// <summary>A letter's token: a to z follow the padding, the unknown and the end.</summary>
    private const int FirstLetter = 3;

    private const int EndOfWord = 2;

    /// <summary>The published arrays, and the tensors that they are.</summary>
    private static readonly (string Array, string Tensor)[] Names =
    [
        ("enc_emb", "encoder.embedding.weight"),
        ("enc_w_ih", "encoder.gru.weight_ih_l0"),
        ("enc_w_hh", "encoder.gru.weight_hh_l0"),
        ("enc_b_ih", "encoder.gru.bias_ih_l0"),
        ("enc_b_hh", "encoder.gru.bias_hh_l0"),
        ("dec_emb", "decoder.embedding.weight"),
        ("dec_w_ih", "decoder.gru.weight_ih_l0"),
        ("dec_w_hh", "decoder.gru.weight_hh_l0"),
        ("dec_b_ih", "decoder.gru.bias_ih_l0"),
        ("dec_b_hh", "decoder.gru.bias_hh_l0"),
        ("fc_w", "decoder.dense.weight"),
        ("fc_b", "decoder.dense.bias"),
    ];

    /// <summary>The longest word.</summary>
    public static int MostLetters => SourceSteps - 1;

    /// <summary>A model with the published weights.</summary>
    /// <param name="checkpoint">The arrays of <c>checkpoint20.npz</c>.</param>
    public static GraphemeToPhoneme Create(NumpyArchive checkpoint, SimdTarget? target = null)
    {
        var model = new GraphemeToPhoneme(target: target);
        foreach ((string array, string tensor) in Names)
        {
            model.SetTensor(tensor, checkpoint[array]);
        }

        return model;
    }

    /// <summary>The tokens of a word of the letters a to z, its end included.</summary>
    public static int[] Encode(string word) => [.. word.Select(letter => letter - 'a' + FirstLetter), EndOfWord];
}
