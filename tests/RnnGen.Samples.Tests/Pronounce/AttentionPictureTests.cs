using System.Collections.Immutable;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using PronounceSample;

namespace RnnGen.Samples.Tests.Pronounce;

public sealed partial class AttentionPictureTests
{
    // Colours of weights: white and the darkest blue.
    private const string Zero = "255,255,255";
    private const string One = "8,48,107";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Picture_HasACellForEachPhonemeAndLetter()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("a.svg");

        AttentionPicture.Save(path, "ash", Found("AE SH", steps: 3, [1, 0, 0, 0, 0, 1, 0, 0, 1]));

        XElement picture = Read(path);
        string[] texts =
        [
            "ash", "a", "s", "h", "AE", "SH", "end", "letters", "phonemes",
            "attention", "0", "0.25", "0.5", "0.75", "1",
        ];
        Assert.Equal(texts.Order(), Texts(picture).Order());
        Assert.Equal([One, Zero, Zero, Zero, Zero, One, Zero, Zero, One], Cells(picture));
    }

    [Fact]
    public void Picture_OfOneLetter_IsFilled()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("a.svg");

        AttentionPicture.Save(path, "a", Found("EY", steps: 1, [1, 1]));

        Assert.Equal([One, One], Cells(Read(path)));
    }

    [Fact]
    public void Dialogue_WithPicture_DrawsTheLastWord()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("a.svg");
        var dialogue = new Dialogue(new Pronouncer(seed: 1), best: 1, path);

        dialogue.Run(new StringReader("first x-'.\n7"), TextWriter.Null, "");

        Assert.Contains("x-'.", Texts(Read(path)));
        Assert.DoesNotContain("first", Texts(Read(path)));
    }

    private static Hypothesis Found(string phonemes, int steps, ImmutableArray<double> weights) => new(
        [.. Vocabulary.Phonemes.Encode(phonemes)], LogProbability: -1, Score: -1, IsComplete: true)
    {
        Attention = [new AttentionMatrix("attention", steps, weights)],
    };

    private static XElement Read(string path)
    {
        using var reader = XmlReader.Create(
            path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XElement.Load(reader);
    }

    private static string[] Texts(XElement picture) =>
        [.. picture.Descendants(Svg + "text").Select(text => text.Value)];

    // The colours of the rectangles that are as wide as a cell, row by row.
    private static string[] Cells(XElement picture) =>
    [
        .. picture.Descendants(Svg + "rect")
            .Where(rectangle => Number(rectangle, "x") > 0 && Number(rectangle, "width") > 20)
            .OrderBy(rectangle => Number(rectangle, "y"))
            .ThenBy(rectangle => Number(rectangle, "x"))
            .Select(rectangle => Fill().Match((string?)rectangle.Attribute("style") ?? ""))
            .Where(colour => colour.Success)
            .Select(colour => colour.Groups[1].Value),
    ];

    private static double Number(XElement element, string name) => (double)element.Attribute(name)!;

    [GeneratedRegex(@"^fill:rgb\((\d+,\d+,\d+)\)")]
    private static partial Regex Fill();
}
