using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>What the encoder's recurrent layers end in is what the decoder's start from.</summary>
internal sealed class StateJoinRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1025",
        "Stacks that cannot hand on their states",
        "The decoder starts from what the encoder ends in, but {0}: {1}",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1025");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model) =>
        !model.IsEncoderDecoder ? []
        : [
            .. Unread(model),
            .. model.Bridge == Bridge.LastStates ? Unlike(model) : Unbridged(model),
            .. Learned(model),
        ];

    // What the encoder's last recurrent layer gives, nobody reads but for its states, or attention.
    private IEnumerable<Finding> Unread(ModelSpec model)
    {
        StackSpec encoder = model.Stacks.First();
        int last = encoder.First + encoder.Count - 1;
        bool isRead = model.Layers.Any(layer => LayerCatalog.Find(layer)?.ReadsEncoder == true);
        bool isOpen = !isRead && model.Layers[last].Cell is null && model.Layers[last].Loss is null;
        if (isOpen && Cells(model, encoder, sidesAsOne: false).Any())
        {
            yield return OnLayer(
                last, null, $"nobody reads the rows of '{model.Layers[last].Name}' at the encoder's end",
                "take it away, or write a recurrent layer below it");
        }
    }

    private IEnumerable<Finding> Unlike(ModelSpec model)
    {
        (int Layer, string Cell)[] encoder = [.. Cells(model, model.Stacks.First(), sidesAsOne: false)];
        (int Layer, string Cell)[] decoder = [.. Cells(model, model.Stacks.Last(), sidesAsOne: false)];
        (int Layer, string Cell)[] joined = [.. Cells(model, model.Stacks.First(), sidesAsOne: true)];
        if (decoder.Length == 0 || encoder.Length != decoder.Length)
        {
            return [OnLayer(
                model.Stacks.Last().First - 1, null,
                $"it has {decoder.Length} recurrent layers, counting Layers, and the encoder {encoder.Length}",
                "write as many in both, and at least one, or Bridge = Bridge.Learned in [EncoderDecoder]")];
        }

        return encoder.Zip(decoder, (from, to) => (from, to))
            .Where((pair, i) => pair.from.Cell != pair.to.Cell && joined[i].Cell != pair.to.Cell)
            .Take(1)
            .Select(pair => OnLayer(
                pair.to.Layer, null,
                $"'{model.Layers[pair.to.Layer].Name}' is {pair.to.Cell} and "
                    + $"'{model.Layers[pair.from.Layer].Name}' of the encoder {pair.from.Cell}",
                "write the same cell, size and direction in both (of an encoder's layer both ways, twice the size in "
                    + "a decoder's one way will do), or Bridge = Bridge.Learned in [EncoderDecoder]"));
    }

    // A bridge joins any stacks that there are.
    private IEnumerable<Finding> Unbridged(ModelSpec model)
    {
        foreach (StackSpec stack in model.Stacks.Where(stack => !Cells(model, stack, sidesAsOne: false).Any()))
        {
            yield return OnLayer(
                stack.First - 1, null, $"the {stack.Name} has no recurrent layer", "write one");
        }

        if (model.Bridge == Bridge.None && !model.Layers.Any(layer => LayerCatalog.Find(layer)?.ReadsEncoder == true))
        {
            yield return OnModel(
                "Bridge", "Bridge is None and there is no attention: nothing of a source reaches it",
                "write [Attention], or another bridge");
        }

        StackSpec decoder = model.Stacks.Last();
        foreach (int both in Enumerable.Range(decoder.First, decoder.Count)
            .Where(i => RecurrentLayer.IsBidirectional(model.Layers[i])))
        {
            yield return OnLayer(
                both, "Bidirectional",
                $"Bridge is {model.Bridge} and '{model.Layers[both].Name}' of the decoder reads both ways",
                "take Bidirectional away, or the bridge");
        }
    }

    private IEnumerable<Finding> Learned(ModelSpec model)
    {
        StackSpec decoder = model.Stacks.Last();
        return Enumerable.Range(decoder.First, decoder.Count)
            .Where(i => RecurrentLayer.LearnsStates(model.Layers[i]))
            .Select(i => OnLayer(
                i, "LearnedState", $"'{model.Layers[i].Name}' has LearnedState = true",
                "take it away, or write it at the encoder's layer"));
    }

    // Each stacked layer, with what its states depend on. Both directions side by side are as one of twice the size.
    private static IEnumerable<(int Layer, string Cell)> Cells(ModelSpec model, StackSpec stack, bool sidesAsOne)
    {
        for (int i = stack.First; i < stack.First + stack.Count; i++)
        {
            LayerSpec layer = model.Layers[i];
            if (layer.Cell is not { } cell)
            {
                continue;
            }

            int sides = sidesAsOne && RecurrentLayer.IsBidirectional(layer) ? 2 : 1;
            string size = RuleTexts.Number(sides * layer.Number("size", 0));
            string direction = RecurrentLayer.IsBidirectional(layer) && sides == 1 ? ", both ways" : "";
            string projection = RecurrentLayer.IsProjected(layer)
                ? $", projected to {RuleTexts.Number((double)sides * RecurrentLayer.Projection(layer))}"
                : "";
            for (int k = 0; k < layer.Integer("Layers", 1); k++)
            {
                yield return (i, $"{cell.FileName} of {size}{direction}{projection}");
            }
        }
    }
}
