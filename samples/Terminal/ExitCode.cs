namespace Samples;

/// <summary>How the program ended.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Training diverged, or learnt less than the sample promises.</summary>
    public const int Failure = 1;

    /// <summary>An option or a file cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>Ctrl+C, as shells have it: 128 + SIGINT.</summary>
    public const int Stopped = 130;
}
