using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace RnnGen.Generator.Tests.Snapshots;

/// <summary>
/// Compares generated files with the accepted ones, by Verify's file convention:
/// <c>Class.Method#Hint.verified.cs</c> lies beside the test's source; on a difference a <c>.received.cs</c> is written
/// next to it, and renaming that accepts it. This is the one file to replace by Verify itself.
/// </summary>
internal static class SnapshotFile
{
    private const string Verified = ".verified.cs";
    private const string Received = ".received.cs";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Fails if any generated file differs from its snapshot, has none, or if a snapshot has no generated file left.
    /// </summary>
    /// <param name="files">What the generator gave.</param>
    /// <param name="parameters">For theories: what tells the cases apart, for instance <c>cell=Gru</c>.</param>
    public static void Match(
        IEnumerable<GeneratedFile> files,
        string? parameters = null,
        [CallerFilePath] string testFile = "",
        [CallerMemberName] string method = "")
    {
        var folder = Path.GetDirectoryName(testFile)!;
        var test = $"{Path.GetFileNameWithoutExtension(testFile)}.{method}";
        if (parameters is not null)
            test += "_" + parameters;
        var complaints = new List<string>();

        var expected = files.ToDictionary(file => $"{test}#{HintOf(file)}", file => file, StringComparer.Ordinal);
        foreach (var (name, file) in expected)
        {
            var complaint = Compare(Path.Combine(folder, name), Header(file) + file.Text);
            if (complaint is not null)
                complaints.Add(complaint);
        }

        foreach (var path in Directory.EnumerateFiles(folder, $"{test}#*{Verified}").Order(StringComparer.Ordinal))
        {
            if (!expected.ContainsKey(NameOf(path, Verified)))
                complaints.Add($"{Path.GetFileName(path)}: nothing generates this file any more; delete it.");
        }

        Assert.True(complaints.Count == 0, string.Join("\n", complaints));
    }

    /// <summary>Snapshots below a folder whose test class or method is gone.</summary>
    public static IEnumerable<string> Orphans(string folder, Assembly tests)
    {
        var methods = tests.GetTypes()
            .SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        return Directory.EnumerateFiles(folder, "*" + Verified, SearchOption.AllDirectories)
            .Where(path => !methods.Any(method => BelongsTo(Path.GetFileName(path), method)));
    }

    private static string? Compare(string path, string text)
    {
        var accepted = File.Exists(path + Verified) ? File.ReadAllText(path + Verified, Utf8) : null;
        if (accepted == text)
        {
            File.Delete(path + Received);
            return null;
        }

        File.WriteAllText(path + Received, text, Utf8);
        var name = Path.GetFileName(path);
        return accepted is null
            ? $"{name}: not accepted yet; rename {name}{Received} to {Verified} if it is right."
            : $"{name}: {FirstDifference(accepted, text)} Rename {name}{Received} to {Verified} if it is right.";
    }

    private static string FirstDifference(string accepted, string received)
    {
        var (before, after) = (accepted.Split('\n'), received.Split('\n'));
        int line = 0;
        while (line < before.Length && line < after.Length && before[line] == after[line])
            line++;
        return $"line {line + 1} was\n    {LineAt(before, line)}\nand is now\n    {LineAt(after, line)}\n";
    }

    private static string LineAt(string[] lines, int line) => line < lines.Length ? lines[line] : "(end of file)";

    // Verify.SourceGenerators' first line and its name: the hint without ".cs".
    private static string Header(GeneratedFile file) => $"//HintName: {file.HintName}\n";

    private static string HintOf(GeneratedFile file) => Path.GetFileNameWithoutExtension(file.HintName);

    private static string NameOf(string path, string ending) => Path.GetFileName(path)[..^ending.Length];

    private static bool BelongsTo(string fileName, string method) =>
        fileName.StartsWith(method + "#", StringComparison.Ordinal)
        || fileName.StartsWith(method + "_", StringComparison.Ordinal);
}
