using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>Gives a decoder what it would have given itself to read, in place of some of its targets.</summary>
internal sealed class SampledInputs<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DecodingWorkspace<T> _workspace;
    private readonly int[] _tokens;
    private readonly T[] _probabilities;
    private readonly int _feed;
    private readonly ulong _seed;

    public SampledInputs(ModelRuntime<T> model, ulong seed)
    {
        ModelShape shape = model.Shape;
        _workspace = new DecodingWorkspace<T>(model, keepsTokens: false);
        _tokens = new int[shape.Batch];
        _probabilities = new T[shape.DecoderOutput.Size];
        _feed = _workspace.Feed;
        _seed = seed;
    }

    /// <summary>Replaces tokens of a batch that reads its targets.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="sampling">How often a token is replaced.</param>
    /// <param name="step">Steps of training before.</param>
    public void Replace(PackedBatch<T> batch, ScheduledSampling sampling, long step)
    {
        double truth = sampling.TruthAt(step);
        if (truth >= 1)
        {
            return;
        }

        // A coin and a draw for each place of the batch, whatever stands beside it.
        var random = new CounterRandom(_seed, DropoutKeys.At(ulong.MaxValue - 1, step));
        BatchLayout layout = batch.Layout(batch.Shape.Feeds[_feed].Axis);
        Span<int> read = batch.WritableIndices(_feed);
        _workspace.Encode(batch);
        for (int t = 1; t < layout.Steps; t++)
        {
            int rows = layout.StepRows[t];
            Span<int> tokens = read.Slice(layout.StepOffset[t], rows);
            for (int i = 0; i < rows; i++)
            {
                random.Position = 4 * (((ulong)t * (ulong)batch.Shape.Batch) + (ulong)layout.Order[i]);
                if (random.NextDouble() >= truth)
                {
                    tokens[i] = sampling.Draws
                        ? Draw(_workspace.Logits(i), random.NextDouble())
                        : SoftmaxKernel.MostLikely(_workspace.Logits(i));
                }
            }

            tokens.CopyTo(_tokens);
            if (t + 1 < layout.Steps)
            {
                _workspace.Step(_tokens.AsSpan(0, rows));
            }
        }
    }

    private int Draw(ReadOnlySpan<T> logits, double point)
    {
        SoftmaxKernel.Apply(logits, _probabilities.AsSpan(), T.One);
        int last = _probabilities.Length - 1;
        for (int token = 0; token < last; token++)
        {
            point -= double.CreateTruncating(_probabilities[token]);
            if (point < 0)
            {
                return token;
            }
        }

        return last;
    }
}
