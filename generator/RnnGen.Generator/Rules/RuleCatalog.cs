using Microsoft.CodeAnalysis;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Rules;

/// <summary>All rules.</summary>
internal static class RuleCatalog
{
    private static readonly Rule LayersOnSeveralParts = new LayersOnSeveralPartsRule();

    private static readonly Rule StackOrder = new StackOrderRule();

    private static readonly Rule MissingModel = new MissingModelRule();

    /// <summary>How the class is declared.</summary>
    private static readonly Rule[] Declaration =
    [
        MissingModel,
        new GenericRule(),
        new RecordRule(),
        new NoInstanceRule(),
        new FileLocalRule(),
        LayersOnSeveralParts,
        new MemberNameRule(),
        new OwnMemberRule(),
        new InheritedMemberRule(),
        new RequiredMemberRule(),
        new ConstructorRule(),
        new OwnConstructorRule(),
        new UnsafeBlocksRule(),
        new LanguageVersionRule(),
        new TargetsRule(),
        new GeneratedNumberRule(),
    ];

    /// <summary>The order of layers, where there is one.</summary>
    private static readonly Rule[] Order =
    [
        new NoLayersRule(),
        new MissingInputRule(),
        new InputNotFirstRule(),
        new SecondInputRule(),
        new RecurrentAfterPoolRule(),
        new UnknownNamedLayerRule(),
        new SecondPoolRule(),
        new SecondLossRule(),
        new LayerAfterLossRule(),
    ];

    /// <summary>Each layer by itself.</summary>
    private static readonly Rule[] Layers =
    [
        new UnknownLayerRule(),
        new UnreadableCellRule(),
        new UnknownSizeRule(),
        new SizeRule(),
        new UnusableTensorNameRule(),
        new BatchShapeRule(),
        new DropoutRangeRule(),
        new UnknownEnumValueRule(),
        new OptionWithoutEquationRule(),
        new LayerCountRule(),
        new ProjectionRule(),
        new EpsilonRangeRule(),
        new UnusableLossRule(),
        new LossWeightRule(),
    ];

    /// <summary>What the stacks owe each other, where each is sound.</summary>
    private static readonly Rule[] Joints =
    [
        new StateJoinRule(),
        new AttentionRule(),
        new DecodingTokensRule(),
        new RepeatedHeadNameRule(),
    ];

    /// <summary>What makes sense only where the layers do.</summary>
    private static readonly Rule[] Whole =
    [
        new RepeatedTensorNameRule(),
        new UnreadLayerRule(),
        new UnjudgedHeadRule(),
        new UnequalRowsRule(),
        new HeadRule(),
        new LogitsRule(),
    ];

    /// <summary>What a model takes that is sound but for its size, all stacks at once.</summary>
    private static readonly MemoryRule[] Memory =
    [
        new TooManyWeightsRule(),
        new TooMuchWorkspaceRule(),
    ];

    /// <summary>What may be as it is, but could be better: the analyzer's. Each layer by itself.</summary>
    private static readonly Rule[] LayerAdvice =
    [
        new DropoutWithoutEffectRule(),
    ];

    /// <summary>The same of what the model ends in: of its last stack.</summary>
    private static readonly Rule[] EndAdvice =
    [
        new NoLossRule(),
    ];

    /// <summary>The same of its memory, all stacks at once.</summary>
    private static readonly MemoryRule[] MemoryAdvice = [];

    /// <summary>Rules of error severity, in the order in which they are looked at.</summary>
    public static IEnumerable<Rule> Errors =>
        [.. Declaration, StackOrder, .. Order, .. Layers, .. Whole, .. Joints, .. Memory];

    public static IEnumerable<Rule> Advice => [.. LayerAdvice, .. EndAdvice, .. MemoryAdvice];

    private static readonly Dictionary<string, DiagnosticDescriptor> Descriptors =
        Errors.Concat(Advice).ToDictionary(rule => rule.Descriptor.Id, rule => rule.Descriptor);

    public static DiagnosticDescriptor Descriptor(Finding finding) => Descriptors[finding.Id];

    /// <summary>
    /// Looks for mistakes. One mistake is found once: rules that rest on others wait until those are content, and
    /// nothing is said about attributes that the compiler itself complains of.
    /// </summary>
    public static CheckedModel Check(ModelSpec model, CancellationToken cancellation)
    {
        if (!model.HasModelAttribute)
        {
            return new CheckedModel(model, MissingModel.Check(model).ToEquatableArray());
        }

        List<Finding> found = [.. Apply(Declaration, model, cancellation)];
        if (model.HasReadableAttributes)
        {
            bool hasOrder = !found.Any(finding => finding.Id == LayersOnSeveralParts.Descriptor.Id);
            Finding[] stacks = hasOrder ? [.. StackOrder.Check(model)] : [];
            found.AddRange(stacks);
            if (stacks.Length == 0)
            {
                found.AddRange(CheckLayers(model, hasOrder, cancellation));
            }
        }

        return new CheckedModel(model, found.ToEquatableArray());
    }

    // Each stack by itself: a stack is a model without others.
    private static List<Finding> CheckLayers(ModelSpec model, bool hasOrder, CancellationToken cancellation)
    {
        var found = new List<Finding>();
        foreach (StackSpec stack in model.Stacks)
        {
            ModelSpec only = model.Only(stack);
            List<Finding> own = [.. hasOrder ? Apply(Order, only, cancellation) : []];
            own.AddRange(Apply(Layers, only, cancellation));
            if (hasOrder && own.Count == 0)
            {
                own.AddRange(Apply(Whole, only, cancellation));
            }

            found.AddRange(own.Select(finding => InModel(finding, stack)));
        }

        if (hasOrder && found.Count == 0)
        {
            found.AddRange(Apply(Joints, model, cancellation));
        }

        if (hasOrder && found.Count == 0)
        {
            found.AddRange(Apply(Memory, model, cancellation));
        }

        // What is wrong with the model's own arguments, each stack says.
        return [.. found.Distinct()];
    }

    /// <summary>Advice about a sound model.</summary>
    public static IEnumerable<Finding> Advise(ModelSpec model, CancellationToken cancellation) =>
        Advise(model, MemoryAdvice, cancellation);

    /// <summary>The same with any rules of memory.</summary>
    public static IEnumerable<Finding> Advise(
        ModelSpec model, MemoryRule[] memoryAdvice, CancellationToken cancellation)
    {
        IEnumerable<Finding> Of(StackSpec stack, Rule[] rules) =>
            Apply(rules, model.Only(stack), cancellation).Select(finding => InModel(finding, stack));

        return
        [
            .. model.Stacks.SelectMany(stack => Of(stack, LayerAdvice)),
            .. Of(model.Stacks.Last(), EndAdvice),
            .. Apply(memoryAdvice, model, cancellation),
        ];
    }

    // A stack counts its layers from its own first one.
    private static Finding InModel(Finding finding, StackSpec stack) => finding with
    {
        Index = finding.Index + (finding.Subject == Subject.Layer ? stack.First : 0),
        DoubtfulLoss = finding.DoubtfulLoss + stack.First,
    };

    // What a model needs is told only where somebody asks: every layer plans for it.
    private static IEnumerable<Finding> Apply(MemoryRule[] rules, ModelSpec model, CancellationToken cancellation)
    {
        if (rules.Length == 0)
        {
            return [];
        }

        MemoryNeeds needs = MemoryNeeds.Of(model, cancellation);
        return rules.SelectMany(rule => rule.Check(model, needs));
    }

    private static IEnumerable<Finding> Apply(Rule[] rules, ModelSpec model, CancellationToken cancellation)
    {
        foreach (Rule rule in rules)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (Finding finding in rule.Check(model))
            {
                yield return finding;
            }
        }
    }
}
