using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Composition;

/// <summary>
/// What users see of a model that rules have refused: what its declaration tells, and the likely where it does not. It
/// can do all that any model can, so that code which uses it has no error besides the mistake.
/// </summary>
internal static class RefusedFace
{
    public static FacePlan Of(CheckedModel model)
    {
        ModelSpec spec = model.Spec;
        AxisPlan[] axes = [.. Axes(spec)];
        EquatableArray<HeadFace> heads = HeadFace.Of(Heads(model));
        return new FacePlan
        {
            Spec = spec,
            Axes = new(axes),
            Inputs = axes.Select(axis => Input(axis, axes.Length, spec, heads[0])).ToEquatableArray(),
            Heads = heads,
            Batch = AtLeastOne(spec.Batch),
            ParameterCount = 1,
            Streams = axes.Length == 1,
            CarriesStates = axes.Length == 1,
            Attends = axes.Length > 1 && spec.Layers.Any(layer => LayerCatalog.Find(layer)?.ReadsEncoder == true),
            LearnedStates = FacePlan.StateLearningOf((axes.Length == 1 ? spec.Layers : spec.LayersOfStack("Encoder"))
                .Where(layer => LayerCatalog.Find(layer)?.Role == LayerRole.Recurrent)
                .Select(RecurrentLayer.LearnsStates)),
            MissingLoss = null,
        };
    }

    // Code that divides by a constant is not to blame.
    private static int AtLeastOne(int size) => Math.Max(1, size);

    private static IEnumerable<AxisPlan> Axes(ModelSpec spec) => spec.HasTwoStacks
        ? [
            new AxisPlan(0, PlanBuilder.SourceAxis, AtLeastOne(spec.Steps)),
            new AxisPlan(1, PlanBuilder.TargetAxis, AtLeastOne(spec.TargetSteps)),
        ]
        : [new AxisPlan(0, PlanBuilder.TimeAxis, AtLeastOne(spec.Steps))];

    private static InputFace Input(AxisPlan axis, int axes, ModelSpec spec, HeadFace head)
    {
        LayerSpec[] layers = [.. axes == 1 ? spec.Layers : spec.LayersOfStack(axis.Index == 0 ? "Encoder" : "Decoder")];
        LayerSpec? tokens = layers.FirstOrDefault(layer => LayerCatalog.Find(layer) is EmbeddingLayer);
        LayerSpec? numbers = layers.FirstOrDefault(layer => LayerCatalog.Find(layer) is InputLayer);
        bool isDoubtful = tokens is null == numbers is null;
        return new InputFace(axis.Index, PlanBuilder.InputNameAlong(axis), axis)
        {
            // Tokens go with classes.
            HasIndices = isDoubtful ? head.HasClassTargets : tokens is not null,
            Vocabulary = AtLeastOne(tokens?.Integer("vocabulary", 1) ?? 1),
            Width = AtLeastOne(numbers?.Integer("features", 1) ?? 1),
            IsDoubtful = isDoubtful,
            IsShifted = spec.Decodes && axis.Index > 0,
        };
    }

    private static IEnumerable<HeadFace> Heads(CheckedModel model)
    {
        ModelSpec spec = model.Spec;
        var wiring = new Wiring(spec);
        int[] losses = [.. Enumerable.Range(0, spec.Layers.Count).Where(i => spec.Layers[i].Loss is not null)];
        if (losses.Length == 0)
        {
            yield return MissingHead(spec, wiring);
        }

        // A loss below another is a second one for the same rows.
        foreach (int loss in losses.Where(loss => !IsBelowLoss(loss, spec, wiring)))
        {
            yield return new HeadFace(NameInStack(loss, spec, wiring), AtLeastOne(wiring.Sizes[loss]))
            {
                IsPerStep = wiring.IsPerStep(loss),
                HasClassTargets = spec.Layers[loss].Loss!.HasClassTargets,
                IsDoubtful = model.Findings.Any(finding => finding.DoubtfulLoss == loss),
            };
        }
    }

    private static bool IsBelowLoss(int loss, ModelSpec spec, Wiring wiring) =>
        wiring.Sources(loss).Any(source => spec.Layers[source].Loss is not null);

    // Classes go with tokens, and with a declaration that says nothing at all.
    private static HeadFace MissingHead(ModelSpec spec, Wiring wiring)
    {
        int last = spec.Layers.Count - 1;
        return new HeadFace("outputs", last < 0 ? 1 : AtLeastOne(wiring.Sizes[last]))
        {
            IsPerStep = last < 0 || wiring.IsPerStep(last),
            HasClassTargets = !spec.Layers.Any(layer => LayerCatalog.Find(layer) is InputLayer),
            IsDoubtful = true,
        };
    }

    private static string NameInStack(int layer, ModelSpec spec, Wiring wiring)
    {
        string name = wiring.Names[layer];
        bool isInStack = spec.Layers.Take(layer).Any(above => above.BeginsStack);
        return isInStack ? name.Substring(name.IndexOf('.') + 1) : name;
    }
}
