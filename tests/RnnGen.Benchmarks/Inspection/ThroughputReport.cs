using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RnnGen.Benchmarks.Inspection;

/// <summary>Reads what llvm-mca prints.</summary>
internal static partial class ThroughputReport
{
    /// <summary>Reads a report that has the analysis of bottlenecks in it.</summary>
    /// <param name="text">The report.</param>
    /// <param name="leftOut">Instructions that were not handed to llvm-mca, since it does not know them.</param>
    public static Throughput Parse(string text, ImmutableArray<string> leftOut)
    {
        double iterations = Number(text, "Iterations");
        return new Throughput(Number(text, "Total Cycles") / iterations, Number(text, "Instructions") / iterations)
        {
            Busiest = Units(text).MaxBy(unit => unit.Cycles),
            DispatchCycles = Number(text, "Total uOps") / iterations / Number(text, "Dispatch Width"),
            Critical = [.. CriticalLine().Matches(text).Select(Link)],
            LeftOut = leftOut,
        };
    }

    /// <summary>The latencies of a report that has them, in the order of the instructions.</summary>
    public static int[] Latencies(string text) =>
        [.. InfoLine().Matches(text).Select(line => int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture))];

    private static double Number(string text, string name)
    {
        Match found = Regex.Match(text, $@"^{name}:\s+([\d.]+)", RegexOptions.Multiline);
        return found.Success
            ? double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new FormatException($"llvm-mca printed no '{name}':\n{text}");
    }

    // A line with the names of all columns and a line with their cycles, "-" for none.
    private static IEnumerable<(string Name, double Cycles)> Units(string text)
    {
        var names = UnitLine().Matches(text).ToDictionary(line => line.Groups[1].Value, line => line.Groups[2].Value);
        Match table = PressureTable().Match(text);
        string[] columns = Words(table.Groups[1].Value);
        string[] cycles = Words(table.Groups[2].Value);
        return columns.Zip(cycles, (column, value) => (
            names[column], value == "-" ? 0 : double.Parse(value, CultureInfo.InvariantCulture)));
    }

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string Link(Match line)
    {
        string instruction = string.Join(' ', Words(line.Groups["instruction"].Value));
        string reason = line.Groups["reason"].Value;
        string what = line.Groups["what"].Value.Split('[')[0].Trim();
        return reason switch
        {
            "REGISTER dependency" or "MEMORY dependency" => $"{instruction}  (waits for {what})",
            "RESOURCE interference" => $"{instruction}  (another takes {what})",
            _ => instruction,
        };
    }

    [GeneratedRegex(@"^\s*\+-+[<>]\s*\d+\.\s+(?<instruction>[^#\r\n]*)(?:## (?<reason>[^:]+):\s*(?<what>[^\r\n]*))?",
        RegexOptions.Multiline)]
    private static partial Regex CriticalLine();

    // Operations, latency, throughput.
    [GeneratedRegex(@"^\s*\d+\s+(\d+)\s+\d+\.\d+\s", RegexOptions.Multiline)]
    private static partial Regex InfoLine();

    [GeneratedRegex(@"^(\[[\d.]+\])\s+- (\S+)", RegexOptions.Multiline)]
    private static partial Regex UnitLine();

    [GeneratedRegex(@"^Resource pressure per iteration:\s*\n(.*)\n(.*)", RegexOptions.Multiline)]
    private static partial Regex PressureTable();
}
