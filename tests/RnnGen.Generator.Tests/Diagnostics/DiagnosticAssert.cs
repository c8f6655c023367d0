using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace RnnGen.Generator.Tests.Diagnostics;

/// <summary>Asserts what the generator reports, where, and that nothing else is said about the mistake.</summary>
internal static class DiagnosticAssert
{
    /// <summary>
    /// Asserts that this source gets exactly this diagnostic, at the span between <c>[|</c> and <c>|]</c>, and that the
    /// compiler has nothing to add: one mistake is one error.
    /// </summary>
    public static void Reports(string markedSource, string id, string message) =>
        Reports(markedSource, (id, message));

    /// <summary>The same for several diagnostics, in the order of their spans in the source.</summary>
    public static void Reports(string markedSource, params (string Id, string Message)[] expected) =>
        Reports(ProjectSettings.Usual, markedSource, expected);

    /// <summary>The same in a project with other settings.</summary>
    public static void Reports(
        ProjectSettings settings, string markedSource, params (string Id, string Message)[] expected)
    {
        var (source, spans) = TakeMarkers(markedSource);
        Assert.True(spans.Count == expected.Length, $"{spans.Count} spans are marked, {expected.Length} expected.");
        var run = GeneratorHarness.Run(settings, source);

        var reported = run.Diagnostics.Select(d => Line(d.Id, source, d.Location.SourceSpan, d.GetMessage()));
        var wanted = expected.Zip(spans, (e, span) => Line(e.Id, source, span, e.Message));
        Assert.Equal(string.Join("\n", wanted), string.Join("\n", reported));
        Assert.Empty(run.CompilerDiagnostics);
    }

    /// <summary>Asserts that this source is accepted, and that what is generated for it compiles.</summary>
    public static void Accepts(string source) => GeneratorHarness.Run(source).AssertCompiles();

    // One diagnostic as a readable line, so that a failing assertion shows what differs.
    private static string Line(string id, string source, TextSpan span, string message)
    {
        int line = source.AsSpan(0, span.Start).Count('\n') + 1;
        return $"{id} at line {line} on '{source.Substring(span.Start, span.Length)}': {message}";
    }

    private static (string Source, List<TextSpan> Spans) TakeMarkers(string marked)
    {
        var source = new StringBuilder();
        var spans = new List<TextSpan>();
        int position = 0;
        for (int open; (open = marked.IndexOf("[|", position, StringComparison.Ordinal)) >= 0;)
        {
            int close = marked.IndexOf("|]", open, StringComparison.Ordinal);
            source.Append(marked, position, open - position);
            spans.Add(new TextSpan(source.Length, close - open - 2));
            source.Append(marked, open + 2, close - open - 2);
            position = close + 2;
        }

        return (source.Append(marked, position, marked.Length - position).ToString(), spans);
    }
}
