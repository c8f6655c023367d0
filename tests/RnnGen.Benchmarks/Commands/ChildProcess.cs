using System.Diagnostics;

namespace RnnGen.Benchmarks.Commands;

/// <summary>Runs other programs, and this one again.</summary>
internal static class ChildProcess
{
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
