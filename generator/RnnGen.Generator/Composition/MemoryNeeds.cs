using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Composition;

/// <summary>
/// What memory a model takes that other rules have found sound, however large it is: the layers plan it as for
/// emission, and what they have laid out is counted. Each arena is that of the target in which it is the longest.
/// </summary>
/// <remarks>
/// Figures are exact up to <see cref="long.MaxValue"/>, where they end; a row of more than
/// <see cref="int.MaxValue"/> numbers, which only joined rows can have, counts as one of so many.
/// </remarks>
/// <param name="Numbers">The whole model's arenas, in numbers.</param>
/// <param name="Layers">
/// What each layer adds to the arenas of weights, in numbers. Of what a batch is computed in no layer has a part of its
/// own: rows of one may lie where those of others have lain.
/// </param>
/// <param name="Input">The longest input: it has memory of its own, beside the arenas.</param>
/// <param name="BytesPerNumber">4 or 8.</param>
internal sealed record MemoryNeeds(
    ArenaLengths Numbers, EquatableArray<WeightLengths> Layers, InputNeeds Input, int BytesPerNumber)
{
    /// <summary>Elements that a .NET array can have, less those that align the first of single precision.</summary>
    public const long Most = 0x7FFFFFC7 - 32;

    /// <summary>The whole model's arenas, in bytes.</summary>
    public ArenaLengths Bytes => Numbers.Times(BytesPerNumber);

    public static MemoryNeeds Of(ModelSpec model, CancellationToken cancellation = default)
    {
        var cells = new CellPlans();
        ArenaLengths whole = ArenaLengths.None;
        WeightLengths[] layers = [.. model.Layers.Select(_ => WeightLengths.None)];
        InputNeeds? input = null;
        foreach (SimdTarget target in SimdTarget.Of(model.Options))
        {
            cancellation.ThrowIfCancellationRequested();
            var builder = new PlanBuilder(model, target, cells);
            List<PlannedLayer> planned = ModelPlanner.PlanLayers(builder);
            whole = whole.Max(ArenaLengths.Of(builder));
            layers = [.. layers.Zip(planned, (longest, layer) => longest.Max(builder.Streams
                ? layer.Weights
                : layer.Weights with { Step = 0 }))];
            input ??= InputNeeds.Longest(builder);
        }

        int bytes = model.Precision == Precision.Double ? sizeof(double) : sizeof(float);
        return new MemoryNeeds(whole, layers.ToEquatableArray(), input!, bytes);
    }
}

/// <summary>
/// What the rows of an input take, the same for every target. Targets never take more: the rows that a loss compares
/// them with are as long, and are an input or lie in the workspace.
/// </summary>
/// <param name="Name">What users call it.</param>
/// <param name="Axis">The place of its axis among the model's.</param>
/// <param name="Rows">Rows of a batch.</param>
/// <param name="Width">Numbers of a row.</param>
internal sealed record InputNeeds(string Name, int Axis, long Rows, int Width)
{
    public long Numbers => Saturating.Product(Rows, Width);

    public static InputNeeds Longest(PlanBuilder builder) => builder.Feeds.Where(feed => !feed.IsTarget)
        .Select(feed => new InputNeeds(
            feed.Name, feed.Axis.Index, Saturating.Product(feed.Axis.Steps, builder.Model.Batch), feed.Width))
        .OrderByDescending(input => input.Numbers)
        .First();
}
