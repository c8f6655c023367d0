using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RnnGen.Weights;

/// <summary>
/// What .NET does not tell of files on Linux and macOS. All of it is a courtesy: where the C library lacks a function,
/// the answer is that nothing is known or that nothing was done.
/// </summary>
internal static unsafe partial class UnixFile
{
    private const string CLibrary = "libc";

    /// <summary>What a path leads to, links followed; null if it leads nowhere, or if that cannot be told.</summary>
    public static FileStatus? Find(string path)
    {
        // The structure is the same on every processor, unlike that of 'stat', but there is no such call on macOS.
        const int CurrentDirectory = -100;
        const uint TypeModeAndOwner = 0x1b;
        const int Length = 256;
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        byte* status = stackalloc byte[Length];
        return Try(() => Statx(CurrentDirectory, path, 0, TypeModeAndOwner, status))
            ? new FileStatus(Mode: *(ushort*)(status + 28), User: *(uint*)(status + 20), Group: *(uint*)(status + 24))
            : null;
    }

    /// <summary>Gives an open file to somebody else, as far as the system allows.</summary>
    public static bool TryGive(SafeFileHandle file, uint user, uint group) =>
        Try(() => Fchown((int)file.DangerousGetHandle(), user, group));

    /// <summary>Sees to it that a name that was given to a file outlasts a loss of power.</summary>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int folder = -1;
        if (Try(() => (folder = Open(path, 0)) >= 0 ? 0 : -1))
        {
            Try(() => Fsync(folder));
            Try(() => Close(folder));
        }
    }

    private static bool Try(Func<int> call)
    {
        try
        {
            return call() == 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport(CLibrary, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte* status);

    [LibraryImport(CLibrary, EntryPoint = "fchown")]
    private static partial int Fchown(int file, uint user, uint group);

    [LibraryImport(CLibrary, EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport(CLibrary, EntryPoint = "fsync")]
    private static partial int Fsync(int file);

    [LibraryImport(CLibrary, EntryPoint = "close")]
    private static partial int Close(int file);
}
