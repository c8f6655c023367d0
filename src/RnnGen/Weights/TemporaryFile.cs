using System.Text;

namespace RnnGen.Weights;

/// <summary>
/// Names of the files beside a target that become it once they are whole. All of one target begin alike, so that what
/// a killed program left is found, and differ, so that two programs that save at the same time do not meet. A file in
/// use is locked, by means that end with the process.
/// </summary>
internal static class TemporaryFile
{
    private const int Attempts = 5;

    // Where files cannot be locked, and for the moment in which another program gives its file the final name.
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(1);

    /// <summary>Makes and opens a new one.</summary>
    /// <param name="target">The full path of what it will be.</param>
    /// <param name="isPrivate">Whether nobody else may read it before it is given other access rights.</param>
    public static FileStream Create(string target, bool isPrivate)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,

            // On Unix a lock that others may share: whoever opens the file under its final name is not turned away.
            Share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.Read,
            BufferSize = 0,
        };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        for (int attempt = 1; ; attempt++)
        {
            string path = Path.Combine(
                Path.GetDirectoryName(target)!, $"{Start(target)}{Path.GetRandomFileName()[..8]}.tmp");
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException exception)
                when (exception is not (DirectoryNotFoundException or PathTooLongException) && attempt < Attempts)
            {
                // Between making and locking it, another program may have taken it for a leftover.
            }
        }
    }

    /// <summary>Deletes those of a target that nobody has written to for a while and no process has open.</summary>
    public static void Clean(string target)
    {
        try
        {
            foreach (string path in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, Start(target) + "*.tmp"))
            {
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > Abandoned)
                {
                    DeleteUnused(path);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed can be written to all the same.
        }
    }

    private static void DeleteUnused(string path)
    {
        try
        {
            FileShare share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
            using var unused = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, share, bufferSize: 0);
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In use, or somebody else's.
        }
    }

    // FNV-1a, in eight digits: a name may be as long as the file system allows, and these have to be beside it.
    private static string Start(string target)
    {
        uint hash = 2166136261;
        foreach (byte letter in Encoding.UTF8.GetBytes(Path.GetFileName(target)))
        {
            hash = (hash ^ letter) * 16777619;
        }

        return $".rnngen-{hash:x8}-";
    }
}
