using System.Diagnostics;
using System.Text;

namespace RnnGen.Package.Tests;

/// <summary>Runs <c>dotnet</c> as a user would from a shell, with a package cache of its own.</summary>
internal sealed class Dotnet(string packageCache)
{
    // Set by the `dotnet test` around us, and wrong for builds of other projects.
    private static readonly string[] OfTheOuterBuild =
        ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly"];

    /// <summary>Standard output of a command that must succeed.</summary>
    public async Task<string> Run(string folder, params string[] arguments)
    {
        var (code, output) = await Start(folder, arguments);
        Assert.True(code == 0, $"dotnet {string.Join(' ', arguments)}\nended with {code}:\n{output}");
        return output;
    }

    /// <summary>Standard output of a command that must fail.</summary>
    public async Task<string> Fail(string folder, params string[] arguments)
    {
        var (code, output) = await Start(folder, arguments);
        Assert.True(code != 0, $"dotnet {string.Join(' ', arguments)}\nsucceeded:\n{output}");
        return output;
    }

    private async Task<(int Code, string Output)> Start(string folder, string[] arguments)
    {
        using var process = new Process { StartInfo = StartInfo(folder, arguments) };
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        process.OutputDataReceived += (_, line) => output.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync();
        return (process.ExitCode, process.ExitCode == 0 ? output.ToString() : $"{output}\n{errors}");
    }

    private ProcessStartInfo StartInfo(string folder, string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in OfTheOuterBuild)
            info.Environment.Remove(name);
        // Without it a package of the same version, left by an earlier run, would be taken instead of the new one.
        info.Environment["NUGET_PACKAGES"] = packageCache;
        // Nothing may stay behind that holds on to files of the temporary folder.
        info.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        info.Environment["UseSharedCompilation"] = "false";
        // Asks the network about advisories: not the matter here.
        info.Environment["NuGetAudit"] = "false";
        info.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        return info;
    }
}
