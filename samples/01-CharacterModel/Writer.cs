using System.Text;
using RnnGen.Kernels;

namespace CharacterSample;

/// <summary>Writes text as the model expects it: one streaming step a character.</summary>
internal sealed class Writer(CharacterModel model, Vocabulary vocabulary, SampleOptions options)
{
    private readonly double[] _weights = new double[vocabulary.CharacterCount + 1];

    /// <summary>Writes the prompt and what follows it, each character as soon as it is known.</summary>
    /// <exception cref="InvalidDataException">The model's outputs are not finite.</exception>
    public void Write(TextWriter output, CancellationToken cancellation)
    {
        Rune[] prompt = [.. options.Prompt.EnumerateRunes()];
        var random = new CounterRandom(options.Seed);
        using CharacterModel.State state = model.CreateState();

        // The state of a new stream is that of the start of a text; a line's start is the next best thing to it.
        ReadOnlySpan<float> logits = model.Step(vocabulary.TokenOf(new Rune('\n')), state);
        foreach (Rune character in prompt)
        {
            output.Write(character.ToString());
            logits = model.Step(vocabulary.TokenOf(character), state);
        }

        for (int i = 0; i < options.Length && !cancellation.IsCancellationRequested; i++)
        {
            int token = Choose(logits, random.NextDouble());
            output.Write(vocabulary.CharacterOf(token).ToString());
            output.Flush();
            logits = model.Step(token, state);
        }

        output.WriteLine();
    }

    // Among the tokens that stand for one character, so that every choice can be written.
    private int Choose(ReadOnlySpan<float> logits, double point)
    {
        int best = 1;
        for (int token = 1; token < _weights.Length; token++)
        {
            best = logits[token] > logits[best] ? token : best;
        }

        if (!float.IsFinite(logits[best]))
        {
            throw new InvalidDataException($"The model's output for token {best} is {logits[best]}: useless weights.");
        }

        double sum = 0;
        for (int token = 1; token < _weights.Length; token++)
        {
            double distance = (double)logits[token] - logits[best];
            _weights[token] = distance == 0 ? 1 : Math.Exp(distance / options.Temperature);
            sum += _weights[token];
        }

        double left = point * sum;
        for (int token = 1; token < _weights.Length; token++)
        {
            left -= _weights[token];
            if (left < 0)
            {
                return token;
            }
        }

        return best;
    }
}
