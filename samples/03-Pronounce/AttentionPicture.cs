using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using RnnGen;

namespace PronounceSample;

/// <summary>Draws how much each phoneme of a pronunciation attended to each letter of its word.</summary>
internal static class AttentionPicture
{
    private const double CellSize = 36;
    private const double FontSize = 14;
    private const double TitleDistance = 18;

    private static readonly OxyPalette Blues = OxyPalette.Interpolate(
        128, OxyColors.White, OxyColor.FromRgb(0x6B, 0xAE, 0xD6), OxyColor.FromRgb(0x08, 0x30, 0x6B));

    /// <summary>Writes an SVG file.</summary>
    /// <param name="path">Its name. What was there is replaced.</param>
    /// <param name="word">The word.</param>
    /// <param name="found">How it is pronounced, with its attention.</param>
    public static void Save(string path, string word, Hypothesis found)
    {
        AttentionMatrix attention = found.Attention[0];

        // Room for the cells, and for what stands around them.
        var exporter = new SvgExporter
        {
            Width = (Math.Max(attention.SourceSteps, 5) * CellSize) + 190,
            Height = (Math.Max(attention.Rows, 5) * CellSize) + 120,

            // Not every program that shows SVG knows the attribute that text is aligned by otherwise.
            UseVerticalTextAlignmentWorkaround = true,
        };
        using FileStream file = File.Create(path);
        exporter.Export(Draw(word, found, attention), file);
    }

    private static PlotModel Draw(string word, Hypothesis found, AttentionMatrix attention)
    {
        // The last row is the end's, where the pronunciation has one.
        string[] phonemes = [.. Vocabulary.Phonemes.Decode(found.Tokens), "end"];
        return new PlotModel
        {
            Title = word,
            TitleFontSize = 20,
            DefaultFont = "Arial",
            DefaultFontSize = FontSize,
            Background = OxyColors.White,
            Axes =
            {
                Names(AxisPosition.Bottom, "letters", Vocabulary.Letters.Split(word)),
                Names(AxisPosition.Left, "phonemes", phonemes[..attention.Rows]),
                Scale(),
            },
            Series = { Cells(attention) },
        };
    }

    private static CategoryAxis Names(AxisPosition position, string title, IEnumerable<string> names)
    {
        // What comes first is at the left, and at the top.
        bool isVertical = position == AxisPosition.Left;
        var axis = new CategoryAxis
        {
            Position = position,
            StartPosition = isVertical ? 1 : 0,
            EndPosition = isVertical ? 0 : 1,
            Title = title,
            AxisTitleDistance = TitleDistance,
            TickStyle = TickStyle.None,
        };
        axis.Labels.AddRange(names);
        return axis;
    }

    // The same for all words, so that pictures compare.
    private static LinearColorAxis Scale() => new()
    {
        Position = AxisPosition.Right,
        Palette = Blues,
        Minimum = 0,
        Maximum = 1,
        MajorStep = 0.25,
        MinorTickSize = 0,
        Title = "attention",
        AxisTitleDistance = TitleDistance,
    };

    private static HeatMapSeries Cells(AttentionMatrix attention)
    {
        var weights = new double[attention.SourceSteps, attention.Rows];
        for (int row = 0; row < attention.Rows; row++)
        {
            for (int step = 0; step < attention.SourceSteps; step++)
            {
                weights[step, row] = attention[row, step];
            }
        }

        return new HeatMapSeries
        {
            Data = weights,

            // Names stand at whole numbers, in the middle of their cells.
            CoordinateDefinition = HeatMapCoordinateDefinition.Edge,
            X0 = -0.5,
            X1 = attention.SourceSteps - 0.5,
            Y0 = -0.5,
            Y1 = attention.Rows - 0.5,
            Interpolate = false,
            RenderMethod = HeatMapRenderMethod.Rectangles,
        };
    }
}
