using System.Collections.Immutable;
using RnnGen.Benchmarks.Cases;
using RnnGen.Benchmarks.Deployed;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnGen.Benchmarks.Peers.Torch;

/// <summary>g2p_en as a plain loop over PyTorch's modules, one word at a time, on one thread.</summary>
internal sealed class TorchPhonemes(TorchTranslator translator, TranslationNetwork network, int mostSteps)
    : IDisposable
{
    public static TorchPhonemes Create(ImmutableDictionary<string, NamedTensor> tensors, int mostSteps)
    {
        TorchLibrary.Load();
        set_num_threads(1);
        var network = new TranslationNetwork(
            Cell.Gru, 256, GraphemeToPhoneme.TargetVocabulary, GraphemeToPhoneme.SourceSteps)
        {
            SourceTokens = GraphemeToPhoneme.SourceVocabulary,
            Start = 2,
            End = 3,
        };
        var translator = new TorchTranslator(network, tensors);
        translator.SetTraining(false);
        return new TorchPhonemes(translator, network, mostSteps);
    }

    public int[] Decode(int[] word)
    {
        using var inference = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        Tensor source = tensor(Array.ConvertAll(word, token => (long)token), [word.Length, 1]);
        (Tensor _, Tensor hidden) = translator.Encode(source);
        Tensor last = full([1, 1], (long)network.Start, dtype: ScalarType.Int64);
        var phonemes = new List<int>();
        for (int step = 0; step < mostSteps; step++)
        {
            last = translator.Step(last, ref hidden, memory: null).argmax(-1, keepdim: true);
            int token = (int)last.item<long>();
            if (token == network.End)
            {
                break;
            }

            phonemes.Add(token);
        }

        return [.. phonemes];
    }

    public void Dispose() => translator.Dispose();
}
