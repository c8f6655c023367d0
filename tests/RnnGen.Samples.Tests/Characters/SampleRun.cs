using System.Diagnostics;
using System.Text;

namespace RnnGen.Samples.Tests.Characters;

/// <summary>One run of sample 01 as a program, with its output going to pipes.</summary>
internal sealed record SampleRun(int ExitCode, string Output, string Errors)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "CharacterModel.dll");

    /// <summary>The lines of standard output that report an epoch.</summary>
    public string[] EpochLines =>
        [.. Output.Split('\n').Where(line => line.StartsWith("epoch=", StringComparison.Ordinal))];

    public static Task<SampleRun> Start(params string[] arguments) => Start(_ => { }, arguments);

    /// <summary>Runs the sample to its end.</summary>
    /// <param name="onFirstEpoch">Called with the process's id when the first epoch is done.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<SampleRun> Start(Action<int> onFirstEpoch, params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(info)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
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
}
