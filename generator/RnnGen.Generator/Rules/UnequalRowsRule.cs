using Microsoft.CodeAnalysis;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>Rows that are added have equal sizes; rows that come together are both of steps or both of sequences.
/// </summary>
internal sealed class UnequalRowsRule : Rule
{
    private static readonly DiagnosticDescriptor Broken = new(
        "RNN1021",
        "Rows that do not fit together",
        "'{0}' {1}: {2}",
        RuleTexts.Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleTexts.Help + "rnn1021");

    public override DiagnosticDescriptor Descriptor => Broken;

    public override IEnumerable<Finding> Check(ModelSpec model)
    {
        var wiring = new Wiring(model);
        return Enumerable.Range(0, model.Layers.Count).Select(i => Check(model, wiring, i)).OfType<Finding>();
    }

    private Finding? Check(ModelSpec model, Wiring wiring, int layer)
    {
        LayerSpec spec = model.Layers[layer];
        IReadOnlyList<int> sources = wiring.Sources(layer);
        if (sources.Count == 2 && wiring.IsPerStep(sources[0]) != wiring.IsPerStep(sources[1]))
        {
            (string rows, string others) =
                wiring.IsPerStep(sources[0]) ? ("step", "sequence") : ("sequence", "step");
            return OnLayer(
                layer, "layer", spec.Name,
                $"has a row for every {rows} above it, but \"{wiring.Names[sources[1]]}\" has one for every {others}",
                "name a layer with as many rows, or pool the rows of every step by [Last], [Mean] or [Max] first");
        }

        if (LayerCatalog.Find(spec) is AddLayer && wiring.Sizes[sources[0]] != wiring.Sizes[sources[1]])
        {
            return OnLayer(
                layer, "layer", spec.Name,
                $"adds rows of {Size(wiring, sources[1])} numbers, those of \"{wiring.Names[sources[1]]}\", to rows of "
                    + $"{Size(wiring, sources[0])}, those of \"{wiring.Names[sources[0]]}\"",
                "make both sizes equal");
        }

        return LayerCatalog.Find(spec) is RecurrentLayer && RecurrentLayer.IsResidual(spec) && sources.Count > 0
            && wiring.Sizes[sources[0]] != wiring.Sizes[layer]
            ? OnLayer(
                layer, "Residual", spec.Name,
                $"adds what it reads, rows of {Size(wiring, sources[0])} numbers, to what it makes, rows of "
                    + Size(wiring, layer),
                "make both sizes equal, for instance by a first layer of its own without Residual")
            : null;
    }

    private static string Size(Wiring wiring, int layer) => RuleTexts.Number(wiring.Sizes[layer]);
}
