using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RnnGen.Benchmarks.Inspection;

/// <summary>
/// llvm-mca: from the throughputs and latencies of one kind of processor how it would run some instructions, all data
/// being in its first cache and all branches foreseen.
/// </summary>
/// <param name="program">The program to start.</param>
/// <param name="cpu">The processor, as LLVM names it.</param>
internal sealed partial class LlvmMca(string program, string cpu)
{
    // With more, the first runs and the last, which others do not overlap, count for less than a hundredth.
    private const int MostIterations = 100;

    private const int MostInstructions = 200_000;

    /// <summary>Why it cannot analyze some instructions; null where it can.</summary>
    public string? Complaint(IReadOnlyCollection<Instruction> instructions)
    {
        try
        {
            AnalyzeOnce(instructions);
            return null;
        }
        catch (Win32Exception)
        {
            return $"There is no {program} (Debian and Ubuntu: the package llvm).";
        }
        catch (InvalidOperationException exception)
        {
            return $"{exception.Message}\n--cpu names another processor, --llvm-mca a newer program.";
        }
    }

    /// <summary>Analyzes instructions that are run again and again, and overlap.</summary>
    public Throughput AnalyzeLoop(IReadOnlyCollection<Instruction> body) =>
        Analyze(body, Math.Clamp(MostInstructions / Math.Max(1, body.Count), 2, MostIterations));

    /// <summary>Analyzes instructions that are run once.</summary>
    public Throughput AnalyzeOnce(IReadOnlyCollection<Instruction> instructions) => Analyze(instructions, 1);

    /// <summary>The latencies of some instructions.</summary>
    public Latencies Latencies(IEnumerable<Instruction> instructions)
    {
        string[] lines = [.. Inspection.Latencies.Lines(instructions)];
        (string output, string[] known) = RunKnown(lines, "-instruction-info", "-resource-pressure=false");
        int[] cycles = ThroughputReport.Latencies(output);
        return cycles.Length == known.Length
            ? new Latencies(known.Zip(cycles).ToDictionary(pair => pair.First, pair => pair.Second))
            : throw new FormatException($"llvm-mca gave {cycles.Length} latencies of {known.Length} instructions.");
    }

    private Throughput Analyze(IEnumerable<Instruction> instructions, int iterations)
    {
        string[] lines = [.. instructions.Select(instruction => instruction.Assembly).OfType<string>()];
        (string output, string[] known) = RunKnown(
            lines, $"-iterations={iterations}", "-bottleneck-analysis", "-instruction-info=false");
        return ThroughputReport.Parse(output, [.. lines.Except(known)]);
    }

    // Lines that cannot be read are named, all at once. Version 14 leaves them out, version 19 gives up.
    private (string Output, string[] Known) RunKnown(string[] lines, params string[] options)
    {
        (string output, string errors, int exitCode) = Run(lines, options);
        HashSet<int> unknown =
        [
            .. Error().Matches(errors)
                .Select(error => int.Parse(error.Groups[1].Value, CultureInfo.InvariantCulture) - 1),
        ];
        string[] known = [.. lines.Where((_, line) => !unknown.Contains(line))];
        if (exitCode != 0 && unknown.Count > 0)
        {
            (output, errors, exitCode) = Run(known, options);
        }

        return exitCode == 0
            ? (output, known)
            : throw new InvalidOperationException($"{program} ended with exit code {exitCode}: {errors.Trim()}");
    }

    private (string Output, string Errors, int ExitCode) Run(IEnumerable<string> lines, params string[] options)
    {
        using var process = Process.Start(new ProcessStartInfo(
            program, [$"-mcpu={cpu}", "-x86-asm-syntax=intel", "-output-asm-variant=1", .. options, "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(string.Concat(lines.Select(line => line + "\n")));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading: its errors say why.
        }

        process.WaitForExit();
        return (output.Result, errors.Result, process.ExitCode);
    }

    [GeneratedRegex(@"^<stdin>:(\d+):\d+: error: ", RegexOptions.Multiline)]
    private static partial Regex Error();
}
