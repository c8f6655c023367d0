using Microsoft.CodeAnalysis;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>What attention asks by and what it looks at.</summary>
internal sealed class AttentionRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1027",
        "Attention that cannot be",
        "'{0}' {1}: {2}",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1027");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        StackSpec last = model.Stacks.Last();
        for (int i = 0; i < model.Layers.Count; i++)
        {
            if (!IsAttention(model.Layers[i]))
            {
                continue;
            }

            if (last.Name.Length == 0 || i < last.First)
            {
                yield return On(
                    model, i, null, "looks at an encoder's rows, and there is no encoder above its stack",
                    "write it in the decoder of an [EncoderDecoder]");
                continue;
            }

            var layers = new Decoder(model, last, new Wiring(model));
            foreach (Finding finding in Rows(layers, i)
                .Concat(model.Layers[i].FollowsRecurrent ? Below(layers, i) : Above(layers, i)))
            {
                yield return finding;
            }
        }

        foreach (Finding finding in model.Stacks.SelectMany(
            stack => Contexts(new Decoder(model, stack, new Wiring(model)))))
        {
            yield return finding;
        }
    }

    private static bool IsAttention(LayerSpec layer) => LayerCatalog.Find(layer) is AttentionLayer;

    private Finding On(ModelSpec model, int layer, string? argument, string what, string instead) =>
        OnLayer(layer, argument, model.Layers[layer].Name, what, instead);

    // What is compared, and what it is compared with.
    private IEnumerable<Finding> Rows(Decoder decoder, int layer)
    {
        ModelSpec model = decoder.Model;
        int memory = model.Stacks.First().First + model.Stacks.First().Count - 1;
        if (!decoder.Wiring.IsPerStep(memory))
        {
            yield return On(
                model, layer, null, "looks at a row for every step of the source, and the encoder ends in one for all",
                $"take '{model.Layers[memory].Name}' away");
        }

        LayerSpec spec = model.Layers[layer];
        if (!decoder.Wiring.IsPerStep(decoder.Wiring.Sources(layer)[0]))
        {
            yield return On(
                model, layer, null, "asks at every step, and there is one row for all of them above it",
                "write it above the layer that pools");
            yield break;
        }

        Score score = Score.Of(spec);
        int query = decoder.QuerySize(layer);
        int rows = decoder.Wiring.Sizes[memory];
        if (!score.ProjectsKeys && query > 0 && query != rows)
        {
            yield return On(
                model, layer, "score",
                $"multiplies queries of {RuleTexts.Number(query)} numbers with the encoder's rows of "
                    + RuleTexts.Number(rows),
                "make both sizes equal, or write AttentionScore.General");
        }
    }

    private IEnumerable<Finding> Below(Decoder decoder, int layer)
    {
        ModelSpec model = decoder.Model;
        if (!model.Layers[layer].Flag("InputFeeding"))
        {
            yield break;
        }

        if (decoder.FirstBothWays(layer) is >= 0 and var both)
        {
            yield return On(
                model, layer, "InputFeeding",
                $"feeds back to steps of '{model.Layers[both].Name}', which reads both ways",
                "take Bidirectional or InputFeeding away");
        }

        if (decoder.Own.FirstOrDefault(i => i < layer && model.Layers[i].FollowsRecurrent
            && model.Layers[i].Loss is not null) is > 0 and var head)
        {
            yield return On(
                model, layer, "InputFeeding", $"feeds back over '{model.Layers[head].Name}', which ends a head",
                "write the head below");
        }

        if (decoder.Own.FirstOrDefault(i => i < layer && IsAttention(model.Layers[i])
            && (!model.Layers[i].FollowsRecurrent || model.Layers[i].Flag("InputFeeding"))) is > 0 and var other)
        {
            yield return On(
                model, layer, "InputFeeding",
                $"feeds back to the layer that '{model.Layers[other].Name}' above has a part in, too",
                "take InputFeeding away");
        }
    }

    private IEnumerable<Finding> Above(Decoder decoder, int layer)
    {
        ModelSpec model = decoder.Model;
        LayerSpec spec = model.Layers[layer];
        int below = layer + 1;
        LayerSpec? reader = decoder.Own.Contains(below) ? model.Layers[below] : null;
        if (reader?.Cell is null)
        {
            yield return On(
                model, layer, null, "asks by the state of the recurrent layer right below, and there is none",
                "write one below it, or it below one");
            yield break;
        }

        if (RecurrentLayer.IsBidirectional(reader))
        {
            yield return On(
                model, below, "Bidirectional", $"reads both ways, and '{spec.Name}' above asks by its state before",
                "take it away");
        }

        if (RecurrentLayer.IsResidual(reader))
        {
            yield return On(
                model, below, "Residual", $"adds what it reads, and reads a context of '{spec.Name}' beside",
                "take it away, or write a first layer of its own without Residual");
        }

        if (spec.Flag("InputFeeding"))
        {
            yield return On(
                model, layer, "InputFeeding", "has no result to feed back above the first recurrent layer",
                "take it away");
        }

        if (spec.Argument("size") is not null && !Score.Of(spec).ProjectsQuery)
        {
            yield return On(
                model, layer, "size",
                $"has a size, which {Score.Of(spec).Name} attention above a recurrent layer has no use for",
                "take it away");
        }
    }

    // Whose context a layer reads, and who reads what by its name.
    private IEnumerable<Finding> Contexts(Decoder decoder)
    {
        ModelSpec model = decoder.Model;
        foreach (int layer in decoder.Own)
        {
            LayerSpec spec = model.Layers[layer];
            foreach (string name in LayerCatalog.Find(spec)?.Named(spec) ?? [])
            {
                int named = decoder.Wiring.Find(name, layer);
                bool isContext = named >= 0 && IsAttention(model.Layers[named])
                    && !model.Layers[named].FollowsRecurrent;
                if (spec.Cell is not null && !isContext)
                {
                    yield return On(
                        model, layer, "Context",
                        $"reads the context of \"{name}\", which is no attention above the first recurrent layer",
                        "name one, or take Context away");
                }
                else if (spec.Cell is null && isContext)
                {
                    yield return On(
                        model, layer, "layer",
                        $"reads \"{name}\", whose context is a part of the recurrent layer below it",
                        $"name another layer; recurrent layers read it by Context = \"{name}\"");
                }
            }
        }
    }

    private sealed record Decoder(ModelSpec Model, StackSpec Stack, Wiring Wiring)
    {
        public IEnumerable<int> Own => Enumerable.Range(Stack.First, Stack.Count);

        /// <summary>Numbers of what an attention asks by; 0 where there is nothing.</summary>
        public int QuerySize(int attention) => Model.Layers[attention].FollowsRecurrent
            ? Wiring.Sizes[attention - 1]
            : Own.Contains(attention + 1) && Model.Layers[attention + 1].Cell is not null
                ? RecurrentLayer.StateSize(Model.Layers[attention + 1])
                : 0;

        /// <summary>The first layer above one that reads both ways, or -1.</summary>
        public int FirstBothWays(int layer) => Own
            .Where(i => i < layer && Model.Layers[i].Cell is not null)
            .Where(i => RecurrentLayer.IsBidirectional(Model.Layers[i]))
            .DefaultIfEmpty(-1)
            .First();
    }
}
