using RnnGen.Benchmarks.Cases;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnGen.Benchmarks.Peers.Torch;

/// <summary>
/// The likeliest target of one source, without gradients: greedily, or as the best of a beam whose hypotheses are the
/// rows of one batch. No target ends early (<see cref="DecodingContender"/>), and none is looked at for its end.
/// </summary>
internal sealed class TorchDecoding : IContender
{
    private readonly BenchmarkCase _wanted;
    private readonly TorchTranslator _translator;
    private readonly Tensor _source;
    private readonly Tensor _start;
    private readonly Tensor _firstScores;
    private readonly long[] _tokens;

    public TorchDecoding(BenchmarkCase wanted, TorchTranslator translator)
    {
        _wanted = wanted;
        _translator = translator;
        _translator.SetTraining(false);
        using var inference = inference_mode();
        _source = tensor(Array.ConvertAll(wanted.Data.Tokens, token => (long)token), [wanted.Steps, 1]);
        _start = full([1, wanted.BeamSize], (long)((TranslationNetwork)wanted.Network).Start, dtype: ScalarType.Int64);
        _tokens = new long[wanted.Steps];

        // Only the first of the equal hypotheses counts at first.
        _firstScores = full([wanted.BeamSize, 1], float.NegativeInfinity);
        _firstScores[0] = 0;
    }

    public float[] FirstResults()
    {
        Run(1);
        return [.. _tokens.Select(token => (float)token)];
    }

    public void Run(int calls)
    {
        using var inference = inference_mode();
        for (int i = 0; i < calls; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            if (_wanted.BeamSize == 1)
            {
                DecodeGreedily();
            }
            else
            {
                DecodeByBeam();
            }
        }
    }

    public void Dispose()
    {
        _source.Dispose();
        _start.Dispose();
        _firstScores.Dispose();
        _translator.Dispose();
    }

    private void DecodeGreedily()
    {
        (Tensor rows, Tensor hidden) = _translator.Encode(_source);
        TorchMemory? memory = _translator.Read(rows);
        Tensor tokens = _start;
        for (int step = 0; step < _tokens.Length; step++)
        {
            tokens = _translator.Step(tokens, ref hidden, memory).argmax(-1, keepdim: true);
            _tokens[step] = tokens.item<long>();
        }
    }

    private void DecodeByBeam()
    {
        int beam = _wanted.BeamSize;
        (Tensor rows, Tensor hidden) = _translator.Encode(_source);
        TorchMemory? memory = _translator.Read(rows);
        hidden = hidden.expand(1, beam, -1).contiguous();
        Tensor tokens = _start;
        Tensor scores = _firstScores;
        Tensor? paths = null;
        for (int step = 0; step < _tokens.Length; step++)
        {
            Tensor logits = _translator.Step(tokens, ref hidden, memory);
            Tensor all = (nn.functional.log_softmax(logits, -1) + scores).view(-1);
            (scores, Tensor places) = all.topk(beam);
            scores = scores.view(beam, 1);
            Tensor parents = places.div(_wanted.Network.Outputs, RoundingMode.floor);
            tokens = places.remainder(_wanted.Network.Outputs).view(1, beam);
            hidden = hidden.index_select(1, parents);
            paths = paths is null ? tokens : cat([paths.index_select(1, parents), tokens], 0);
        }

        paths!.select(1, 0).contiguous().data<long>().CopyTo(_tokens);
    }
}
