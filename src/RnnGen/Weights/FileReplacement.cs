using System.Runtime.Versioning;

namespace RnnGen.Weights;

/// <summary>
/// Writes a file so that at any moment, a loss of power included, its name leads to all of the old contents or all of
/// the new.
/// </summary>
internal static class FileReplacement
{
    // The system's number for a name that is not to be given to another file, such as a single mounted one.
    private const int Busy = 16;

    /// <param name="path">The file.</param>
    /// <param name="write">Writes all of it; called a second time where the first result cannot be used.</param>
    public static void Write(string path, Action<Stream> write)
    {
        FileStatus? status = UnixFile.Find(path);
        string? refused = Directory.Exists(path) ? "a folder" : status?.Refused;
        if (refused is not null)
        {
            throw new IOException($"'{path}' cannot be saved to. It is {refused}: name a file.");
        }

        if (status is { IsPipe: true })
        {
            using var pipe = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            write(pipe);
            return;
        }

        string target = TargetOf(path);
        string folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                $"'{path}' cannot be saved to. The folder '{folder}' does not exist: make it first.");
        }

        TemporaryFile.Clean(target);
        if (!TryReplace(target, status, write))
        {
            WriteOver(target, write);
        }

        UnixFile.FlushFolder(folder);
    }

    // A link is followed, also to a file that is not there yet: what it names is replaced and not the link.
    private static string TargetOf(string path) =>
        new FileInfo(path).LinkTarget is null
            ? Path.GetFullPath(path)
            : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    /// <returns>False where another file would not be what the old one is.</returns>
    private static bool TryReplace(string target, FileStatus? status, Action<Stream> write)
    {
        bool exists = File.Exists(target);
        FileStream stream;
        try
        {
            stream = TemporaryFile.Create(target, isPrivate: exists);
        }
        catch (UnauthorizedAccessException) when (exists)
        {
            // Not in this folder, but perhaps in this file.
            return false;
        }

        string temporary = stream.Name;
        bool isDone = false;
        try
        {
            using (stream)
            {
                isDone = TryFill(stream, target, exists, status, write);
            }
        }
        catch (IOException exception) when (exists && exception.HResult == Busy && !OperatingSystem.IsWindows())
        {
            isDone = false;
        }
        finally
        {
            if (!isDone)
            {
                File.Delete(temporary);
            }
        }

        return isDone;
    }

    private static bool TryFill(
        FileStream stream, string target, bool exists, FileStatus? status, Action<Stream> write)
    {
        if (exists && !OperatingSystem.IsWindows() && !TryGiveTo(stream, target, status))
        {
            return false;
        }

        write(stream);
        if (exists && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
        }

        stream.Flush(flushToDisk: true);

        // While it is still locked: as long as it has this name it must not look like a leftover.
        File.Move(stream.Name, target, overwrite: true);
        return true;
    }

    [UnsupportedOSPlatform("windows")]
    private static bool TryGiveTo(FileStream stream, string target, FileStatus? status)
    {
        if (status is { } wanted)
        {
            return UnixFile.Find(stream.Name) is { } own
                && ((own.User == wanted.User && own.Group == wanted.Group)
                    || UnixFile.TryGive(stream.SafeFileHandle, wanted.User, wanted.Group));
        }

        try
        {
            // Only the owner may set it, even to what it is.
            File.SetUnixFileMode(target, File.GetUnixFileMode(target));
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    // What is written over is not whole meanwhile: for files only that no other can take the place of.
    private static void WriteOver(string target, Action<Stream> write)
    {
        using var stream = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
        write(stream);
        stream.SetLength(stream.Position);
        stream.Flush(flushToDisk: true);
    }
}
