using Microsoft.CodeAnalysis;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>What a decoder begins and ends with is tokens that it reads and gives.</summary>
internal sealed class DecodingTokensRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN2009",
        "Start and End that cannot be",
        "{0}: {1}",
        RuleTexts.Options,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn2009");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        if (!model.IsEncoderDecoder || (model.Start == -1 && model.End == -1))
        {
            return [];
        }

        if (model.Start == -1 || model.End == -1)
        {
            (string given, string missing) = model.End == -1 ? ("Start", "End") : ("End", "Start");
            return [OnModel(given, $"{given} is there and {missing} is not", "write both, or neither")];
        }

        var decoder = new Decoder(model);
        return decoder.Vocabulary is { } vocabulary
            ? [.. OutsideVocabulary(model, vocabulary), .. Unlike(decoder, vocabulary)]
            : [OnModel(
                "Start", "The decoder reads numbers, and what it gives are tokens",
                "write [Embedding(vocabulary, size)] first in the decoder, or take Start and End away")];
    }

    private IEnumerable<Finding> OutsideVocabulary(ModelSpec model, int vocabulary) =>
        new[] { (Name: "Start", Value: model.Start), (Name: "End", Value: model.End) }
            .Where(token => token.Value < 0 || token.Value >= vocabulary)
            .Select(token => OnModel(
                token.Name, $"{token.Name} is {RuleTexts.Number(token.Value)}",
                $"write a token of the decoder, from 0 to {RuleTexts.Number(vocabulary - 1)}"));

    // What it has given last it reads next.
    private IEnumerable<Finding> Unlike(Decoder decoder, int vocabulary)
    {
        const string OrNot = ", or Start and End";
        if (decoder.Find(RecurrentLayer.IsBidirectional) is >= 0 and var both)
        {
            yield return OnLayer(
                both, "Bidirectional",
                $"'{decoder.Name(both)}' reads targets from their end, which is not there while they are decoded",
                "take it away" + OrNot);
        }

        if (decoder.Find(layer => LayerCatalog.Find(layer)?.Role == LayerRole.Pool) is >= 0 and var pool)
        {
            yield return OnLayer(
                pool, null,
                $"'{decoder.Name(pool)}' leaves one row of a sequence, and a decoder gives one at each step",
                "take it away" + OrNot);
        }

        if (decoder.Losses.Skip(1).FirstOrDefault() is > 0 and var second)
        {
            yield return OnLayer(
                second, null, $"'{decoder.Name(second)}' ends another head, and a decoder of tokens has one",
                "take it away" + OrNot);
        }
        else if (decoder.Losses.FirstOrDefault(loss => !decoder.Layer(loss).Loss!.HasClassTargets) is > 0 and var other)
        {
            yield return OnLayer(
                other, null, $"'{decoder.Name(other)}' compares numbers, and a decoder of tokens gives classes",
                "write [CrossEntropy], or take Start and End away");
        }

        if (decoder.Classes != vocabulary)
        {
            yield return OnLayer(
                decoder.Last, null,
                $"The decoder gives {RuleTexts.Number(decoder.Classes)} classes and reads "
                    + $"{RuleTexts.Number(vocabulary)} tokens",
                $"write as many of both: a head of {RuleTexts.Number(vocabulary)}");
        }
    }

    private sealed class Decoder(ModelSpec model)
    {
        private readonly StackSpec _stack = model.Stacks.Last();
        private readonly Wiring _wiring = new(model);

        /// <summary>How many tokens it reads; null where it reads numbers.</summary>
        public int? Vocabulary => Layer(_stack.First) is var first && first.Argument("vocabulary") is not null
            ? first.Integer("vocabulary", 0)
            : null;

        /// <summary>The losses that stand in it.</summary>
        public IEnumerable<int> Losses => Own.Where(i => Layer(i).Loss is not null);

        /// <summary>The layer that gives what it gives.</summary>
        public int Last => Losses.Any() ? _wiring.Sources(Losses.First())[0] : _stack.First + _stack.Count - 1;

        /// <summary>Numbers of a row of that.</summary>
        public int Classes => _wiring.Sizes[Last];

        private IEnumerable<int> Own => Enumerable.Range(_stack.First, _stack.Count);

        public LayerSpec Layer(int index) => model.Layers[index];

        public string Name(int index) => Layer(index).Name;

        /// <summary>The first layer of a kind, or -1.</summary>
        public int Find(Func<LayerSpec, bool> isOne) =>
            Own.Where(i => isOne(Layer(i))).DefaultIfEmpty(-1).First();
    }
}
