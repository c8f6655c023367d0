using System.Diagnostics;
using System.Reflection;

namespace RnnGen.Benchmarks.Commands;

/// <summary>Runs other programs, and this one again.</summary>
internal static class ChildProcess
{
    /// <summary>This program once more, with other arguments.</summary>
    public static ProcessStartInfo ThisProgram(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        // Run as `dotnet RnnGen.Benchmarks.dll`, the process is dotnet and has to be told the program.
        if (Path.GetFileName(start.FileName) is "dotnet" or "dotnet.exe")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    /// <summary>Runs a program whose input and output are this one's, and gives its exit code.</summary>
    public static int Run(ProcessStartInfo start)
    {
        using var child = Process.Start(start)!;
        child.WaitForExit();
        return child.ExitCode;
    }

    /// <summary>What a program prints until it ends.</summary>
    /// <exception cref="InvalidOperationException">It ended with an exit code other than 0.</exception>
    public static string OutputOf(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        using var child = Process.Start(start)!;
        string text = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? text
            : throw new InvalidOperationException($"{start.FileName} ended with exit code {child.ExitCode}.");
    }
}
