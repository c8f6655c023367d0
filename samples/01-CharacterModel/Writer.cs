using System.Text;
using RnnGen;
using RnnGen.Kernels;

namespace CharacterSample;

/// <summary>Writes text as the model expects it: one streaming step a character.</summary>
internal sealed class Writer(CharacterModel model, Vocabulary vocabulary, SampleOptions options)
{
    private readonly double[] _probabilities = new double[vocabulary.CharacterCount];

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
        for (int i = 0; i < _probabilities.Length; i++)
        {
            float logit = logits[i + 1];
            if (!float.IsFinite(logit))
            {
                throw new InvalidDataException($"The model's output for token {i + 1} is {logit}: useless weights.");
            }

            _probabilities[i] = logit;
        }

        Softmax.Apply(_probabilities, _probabilities, options.Temperature);
        return 1 + Softmax.Draw(_probabilities, point);
    }
}
