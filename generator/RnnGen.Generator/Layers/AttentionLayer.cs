using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>
/// Attention to the encoder's rows. Above the first recurrent layer the query is that layer's state before the step
/// (Bahdanau et al. 2015), and the context a part of its input; below one, the query is its result, and what comes of
/// both replaces it (Luong et al. 2015).
/// </summary>
internal sealed class AttentionLayer : Layer
{
    public override LayerRole Role => LayerRole.Row;

    public override bool ReadsEncoder => true;

    // The backward pass goes back to queries and rows beside their gradients.
    public override int Uses(LayerSpec layer) => 2;

    public override bool FeedsBack(LayerSpec layer) => layer.FollowsRecurrent && layer.Flag("InputFeeding");

    public override int OutputSize(LayerSpec layer, IReadOnlyList<int> inputSizes) =>
        layer.FollowsRecurrent ? layer.Integer("size", inputSizes.FirstOrDefault())
        : Saturating.ToInt(inputSizes.Sum(size => (long)size));

    public override Value Plan(LayerSpec layer, IReadOnlyList<Value> inputs, PlanBuilder builder)
    {
        string prefix = builder.LayerName;
        (Value above, Value memory) = (inputs[0], inputs[1]);
        Attention Of(int query) => new(
            prefix, Score.Of(layer), layer.Integer("size", query), memory, builder.Axes[0], builder);
        if (!layer.FollowsRecurrent)
        {
            return above with { Beside = new LoopedInput(prefix, query => Of(query.Size).Attend(query)) };
        }

        Value context = Of(above.Size).Attend(above);
        Value both = ConcatenateLayer.Join($"{PlanBuilder.Identifier(prefix)}Both", [context, above], builder);
        Value result = DenseLayer.Apply(
            $"{prefix}.output", both, OutputSize(layer, [above.Size]), hasBias: false, "Tanh", mayReplaceRows: false,
            builder, above.Feedback?.Rows);
        above.Feedback?.End(result.Gradient!);
        return result;
    }
}
