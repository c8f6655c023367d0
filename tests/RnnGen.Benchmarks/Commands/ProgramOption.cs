using System.CommandLine;

namespace RnnGen.Benchmarks.Commands;

/// <summary>An option that names a program to run.</summary>
internal static class ProgramOption
{
    /// <summary>The option; it must be given, and the file must exist.</summary>
    public static Option<FileInfo> Create(string name, string description)
    {
        var option = new Option<FileInfo>(name) { Description = description, HelpName = "PATH", Required = true };
        option.AcceptExistingOnly();
        return option;
    }
}
