using System.Collections.Immutable;
using System.Numerics;

namespace RnnGen.Training;

/// <summary>Where in a model a metric is measured.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Head">
/// Which of <see cref="ModelShape.Outputs"/> gives its hypotheses; null where decoding does.
/// </param>
internal sealed record MetricPlace(TokenMetric Metric, int? Head)
{
    /// <summary>Finds the places of all metrics that a trainer is to measure.</summary>
    /// <exception cref="ArgumentException">
    /// A metric does not fit the model, two have the same name, none has the name that the best is told by, or decoding
    /// does not fit the model or is for nothing.
    /// </exception>
    public static ImmutableArray<MetricPlace> Of<T>(ModelRuntime<T> model, TrainingOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckNames(options);
        ImmutableArray<MetricPlace> places =
            [.. options.Metrics.Select(metric => metric.PlaceIn(model.Shape))];
        if (options.Decoding is not null && places.All(place => place.Head is not null))
        {
            throw Refusal("Decoding is set, but there is no metric of decoded sequences.");
        }

        if (places.Any(place => place.Head is null))
        {
            model.CheckDecoding(options.Decoding);
        }

        return places;
    }

    /// <summary>Finds the place of a metric of tokens.</summary>
    public static MetricPlace Of(ModelShape shape, TokenMetric metric)
    {
        bool mayDecode = shape.EndToken is not null && (metric.Head is null || metric.Head == shape.Outputs[0].Name);
        switch (metric.Source)
        {
            case MetricSource.Decoding when shape.EndToken is null:
                throw Refusal(
                    $"'{metric.Name}' compares what is decoded, but this model does not decode: write Start and End in "
                    + "[EncoderDecoder], or let Source be Outputs.");
            case MetricSource.Decoding when mayDecode:
            case MetricSource.Automatic when mayDecode:
                return new MetricPlace(metric, null);
            default:
                return new MetricPlace(metric, HeadOf(shape, metric));
        }
    }

    private static void CheckNames(TrainingOptions options)
    {
        string[] names = [.. options.Metrics.Select(metric => metric.Name)];
        for (int i = 0; i < names.Length; i++)
        {
            if (Array.IndexOf(names, names[i]) < i)
            {
                throw Refusal($"There are two metrics '{names[i]}': give one of them another Name.");
            }
        }

        if (options.BestBy is { } best && !names.Contains(best))
        {
            string there = names.Length == 0
                ? "there are none"
                : $"there {(names.Length == 1 ? "is" : "are")} {string.Join(", ", names.Select(name => $"'{name}'"))}";
            throw Refusal($"BestBy is '{best}', but no metric has this name; {there}.");
        }
    }

    private static int HeadOf(ModelShape shape, TokenMetric metric)
    {
        int[] heads =
        [
            .. Enumerable.Range(0, shape.Outputs.Length).Where(head =>
                shape.Outputs[head].Target is { } target && shape.Feeds[target].HasIndices),
        ];
        string names = string.Join(", ", heads.Select(head => $"'{shape.Outputs[head].Name}'"));
        if (heads.Length == 0)
        {
            throw Refusal($"'{metric.Name}' compares tokens or classes, but no loss of this model does.");
        }

        if (metric.Head is null)
        {
            return heads.Length == 1
                ? heads[0]
                : throw Refusal($"'{metric.Name}' may be of several heads: set its Head to one of {names}.");
        }

        int place = Array.FindIndex(heads, head => shape.Outputs[head].Name == metric.Head);
        return place >= 0 ? heads[place] : throw Refusal(
            $"'{metric.Name}' is of the head '{metric.Head}', but this model has no such head of tokens or classes; it "
            + $"has {names}.");
    }

    private static ArgumentException Refusal(string message) => new(message, "options");
}
