namespace RnnGen.Benchmarks.Deployed;

/// <summary>What g2p_en computes, written down from its own source: one number at a time, in double.</summary>
internal sealed class GraphemeEquations(NumpyArchive checkpoint)
{
    private const int Size = 256;
    private const int Start = 2;
    private const int End = 3;

    private readonly double[] _sourceRows = Doubles(checkpoint["enc_emb"]);
    private readonly double[] _targetRows = Doubles(checkpoint["dec_emb"]);
    private readonly Gru _encoder = new(checkpoint, "enc");
    private readonly Gru _decoder = new(checkpoint, "dec");
    private readonly double[] _weight = Doubles(checkpoint["fc_w"]);
    private readonly double[] _bias = Doubles(checkpoint["fc_b"]);

    /// <summary>The phonemes of a word's tokens.</summary>
    public List<int> Decode(int[] word, int mostSteps)
    {
        double[] hidden = new double[Size];
        foreach (int token in word)
        {
            hidden = _encoder.Step(Row(_sourceRows, token), hidden);
        }

        var phonemes = new List<int>();
        int last = Start;
        for (int step = 0; step < mostSteps; step++)
        {
            hidden = _decoder.Step(Row(_targetRows, last), hidden);
            double[] logits = Add(Multiply(_weight, hidden), _bias);
            last = Array.IndexOf(logits, logits.Max());
            if (last == End)
            {
                break;
            }

            phonemes.Add(last);
        }

        return phonemes;
    }

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);

    private static double[] Row(double[] rows, int row) => rows[(row * Size)..((row + 1) * Size)];

    private static double[] Add(double[] left, double[] right)
    {
        double[] sums = new double[left.Length];
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = left[i] + right[i];
        }

        return sums;
    }

    private static double[] Multiply(double[] matrix, double[] x)
    {
        double[] products = new double[matrix.Length / x.Length];
        for (int row = 0; row < products.Length; row++)
        {
            double sum = 0;
            for (int i = 0; i < x.Length; i++)
            {
                sum += matrix[(row * x.Length) + i] * x[i];
            }

            products[row] = sum;
        }

        return products;
    }

    private sealed class Gru(NumpyArchive checkpoint, string side)
    {
        private readonly double[] _inputWeight = Doubles(checkpoint[side + "_w_ih"]);
        private readonly double[] _hiddenWeight = Doubles(checkpoint[side + "_w_hh"]);
        private readonly double[] _inputBias = Doubles(checkpoint[side + "_b_ih"]);
        private readonly double[] _hiddenBias = Doubles(checkpoint[side + "_b_hh"]);

        public double[] Step(double[] x, double[] hidden)
        {
            double[] input = Add(Multiply(_inputWeight, x), _inputBias);
            double[] recurrent = Add(Multiply(_hiddenWeight, hidden), _hiddenBias);
            double[] next = new double[Size];
            for (int i = 0; i < Size; i++)
            {
                double reset = Sigmoid(input[i] + recurrent[i]);
                double update = Sigmoid(input[Size + i] + recurrent[Size + i]);
                double candidate = Math.Tanh(input[(2 * Size) + i] + (reset * recurrent[(2 * Size) + i]));
                next[i] = ((1 - update) * candidate) + (update * hidden[i]);
            }

            return next;
        }

        private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
    }
}
