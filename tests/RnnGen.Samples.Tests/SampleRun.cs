using System.Diagnostics;
using System.Text;

namespace RnnGen.Samples.Tests;

/// <summary>One run of a sample as a program, with its output going to pipes.</summary>
internal sealed record SampleRun(int ExitCode, string Output, string Errors)
{
    private const string Sentences = "Translate.dll";
    private const string Characters = "CharacterModel.dll";
    private const string Commands = "Commands.dll";
    private const string Pronouncing = "Pronounce.dll";

    /// <summary>The lines of standard output that report an epoch.</summary>
    public string[] EpochLines =>
        [.. Output.Split('\n').Where(line => line.StartsWith("epoch=", StringComparison.Ordinal))];

    /// <summary>Runs sample 01 to its end.</summary>
    public static Task<SampleRun> Start(params string[] arguments) => Start(_ => { }, arguments);

    /// <summary>Runs sample 01 to its end.</summary>
    /// <param name="onFirstEpoch">Called with the process's id when the first epoch is done.</param>
    /// <param name="arguments">The command line.</param>
    public static Task<SampleRun> Start(Action<int> onFirstEpoch, params string[] arguments) =>
        Start(Characters, "", onFirstEpoch, arguments);

    /// <summary>Runs sample 02 to its end.</summary>
    /// <param name="typed">What it reads from its standard input.</param>
    /// <param name="arguments">The command line.</param>
    public static Task<SampleRun> Translate(string typed, params string[] arguments) =>
        Start(Commands, typed, _ => { }, arguments);

    /// <summary>Runs sample 02 to its end.</summary>
    /// <param name="onFirstEpoch">Called with the process's id when the first epoch is done.</param>
    /// <param name="arguments">The command line.</param>
    public static Task<SampleRun> Translate(Action<int> onFirstEpoch, params string[] arguments) =>
        Start(Commands, "", onFirstEpoch, arguments);

    /// <summary>Runs sample 03 to its end.</summary>
    /// <param name="typed">What it reads from its standard input.</param>
    /// <param name="arguments">The command line.</param>
    public static Task<SampleRun> Pronounce(string typed, params string[] arguments) =>
        Start(Pronouncing, typed, _ => { }, arguments);

    /// <summary>Runs sample 03 to its end.</summary>
    /// <param name="onFirstEpoch">Called with the process's id when the first epoch is done.</param>
    /// <param name="arguments">The command line.</param>
    public static Task<SampleRun> Pronounce(Action<int> onFirstEpoch, params string[] arguments) =>
        Start(Pronouncing, "", onFirstEpoch, arguments);

    /// <summary>Asks a process to end.</summary>
    public static void Terminate(int process)
    {
        // Not SIGINT, which a shell lets its background jobs ignore; the samples treat both alike.
        using var kill = Process.Start(
            "kill", ["-TERM", process.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Runs sample 04 to its end.</summary>
    /// <param name="typed">What it reads from its standard input.</param>
    /// <param name="arguments">The command line.</param>
    public static Task<SampleRun> ToFrench(string typed, params string[] arguments) =>
        Start(Sentences, typed, _ => { }, arguments);

    /// <summary>Runs sample 04 to its end.</summary>
    /// <param name="onFirstEpoch">Called with the process's id when the first epoch is done.</param>
    /// <param name="arguments">The command line.</param>
    public static Task<SampleRun> ToFrench(Action<int> onFirstEpoch, params string[] arguments) =>
        Start(Sentences, "", onFirstEpoch, arguments);

    private static async Task<SampleRun> Start(
        string program, string typed, Action<int> onFirstEpoch, string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(info)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await Type(process, typed);
        var output = new StringBuilder();
        bool isFirst = true;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            output.Append(line).Append('\n');
            if (isFirst && line.StartsWith("epoch=", StringComparison.Ordinal))
            {
                isFirst = false;
                onFirstEpoch(process.Id);
            }
        }

        await process.WaitForExitAsync();
        return new SampleRun(process.ExitCode, output.ToString(), await errors);
    }

    private static async Task Type(Process process, string text)
    {
        try
        {
            await process.StandardInput.WriteAsync(text);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading.
        }
    }
}
