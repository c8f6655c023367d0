using System.Diagnostics;
using RnnGen.Weights;

namespace RnnGen.Tests.Weights;

/// <summary>What becomes of what lies at the path that is saved to.</summary>
public sealed class SaveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("save").FullName;
    private readonly ParameterArena<float> _arena = new(
        16, [new("table", [3], [new(0, 3, 1, new RowMap(0, 1), 1, TensorPartRole.Value, null)])]);

    public SaveTests() => _arena.Set("table", [1, 2, 3]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.SetGroup)]
    public void Save_OverAFile_KeepsItsAccessRights(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string path = PathTo("a");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, mode);
        _arena.Save(path);
        Assert.Equal(mode, File.GetUnixFileMode(path));
        AssertSaved(path);
    }

    [Fact]
    public void Save_NewFile_HasTheRightsOfOthersNewFiles()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.WriteAllText(PathTo("other"), "");
        _arena.Save(PathTo("a"));
        Assert.Equal(File.GetUnixFileMode(PathTo("other")), File.GetUnixFileMode(PathTo("a")));
        AssertSaved(PathTo("a"), others: 1);
    }

    // Only the superuser can make such a file; where tests do not run as it, there is nothing to see.
    [Fact]
    public void Save_OverAnothersFile_LeavesItTheirs()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return;
        }

        File.WriteAllText(PathTo("a"), "old");
        Run("chown", "12345:23456", PathTo("a"));
        File.SetUnixFileMode(PathTo("a"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _arena.Save(PathTo("a"));
        Assert.Equal("12345:23456 600", Run("stat", "-c", "%u:%g %a", PathTo("a")).Trim());
        AssertSaved(PathTo("a"));
    }

    // A file that is mounted alone, as containers do it, cannot be replaced; only the superuser can make one.
    [Fact]
    public void Save_OverAFileThatNoOtherCanReplace_WritesOverIt()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return;
        }

        string path = PathTo("a");
        File.WriteAllText(path, "hidden");
        File.WriteAllText(PathTo("mounted"), new string('x', 10_000));
        if (!TryRun(out _, "mount", "--bind", PathTo("mounted"), path))
        {
            return;
        }

        try
        {
            _arena.Save(path);
            AssertSaved(path, others: 1);
            AssertSaved(PathTo("mounted"), others: 1);
        }
        finally
        {
            Run("umount", path);
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(239)]
    [InlineData(255)]
    public void Save_LongName_IsWrittenTwice(int length)
    {
        string path = PathTo(new string('n', length));
        _arena.Save(path);
        _arena.Save(path);
        AssertSaved(path);
    }

    [Fact]
    public void Save_NameTooLong_NamesTheFileAndLeavesNothing()
    {
        string path = PathTo(new string('n', 256));
        Assert.Contains(path, Assert.ThrowsAny<IOException>(() => _arena.Save(path)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Save_LinksOfLinks_AreFollowed()
    {
        File.WriteAllText(PathTo("real"), "old");
        File.CreateSymbolicLink(PathTo("inner"), "real");
        File.CreateSymbolicLink(PathTo("outer"), PathTo("inner"));
        _arena.Save(PathTo("outer"));
        Assert.NotNull(new FileInfo(PathTo("outer")).LinkTarget);
        Assert.NotNull(new FileInfo(PathTo("inner")).LinkTarget);
        AssertSaved(PathTo("real"), others: 2);
    }

    [Fact]
    public void Save_LinkToWhatIsNotThereYet_MakesIt()
    {
        File.CreateSymbolicLink(PathTo("link"), "real");
        _arena.Save(PathTo("link"));
        Assert.NotNull(new FileInfo(PathTo("link")).LinkTarget);
        AssertSaved(PathTo("real"), others: 1);
    }

    [Fact]
    public async Task Save_NamedPipe_IsWrittenInto()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        string pipe = PathTo("pipe");
        Run("mkfifo", pipe);
        Task<byte[]> reading = Task.Run(() =>
        {
            using FileStream stream = File.OpenRead(pipe);
            using var all = new MemoryStream();
            stream.CopyTo(all);
            return all.ToArray();
        });
        _arena.Save(pipe);
        var loaded = new ParameterArena<float>(16, _arena.Tensors);
        loaded.Load(await reading);
        Assert.Equal([1, 2, 3], loaded.Get("table"));
        Assert.Equal("fifo", Run("stat", "-c", "%F", pipe).Trim());
    }

    [Fact]
    public void Save_ToADevice_IsWrittenIntoIt()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        _arena.Save("/dev/null");
        Assert.StartsWith("character", Run("stat", "-c", "%F", "/dev/null"), StringComparison.Ordinal);
    }

    [Fact]
    public void Save_Folder_IsRefusedByName()
    {
        string message = Assert.Throws<IOException>(() => _arena.Save(_folder)).Message;
        Assert.Equal($"'{_folder}' cannot be saved to. It is a folder: name a file.", message);
    }

    [Fact]
    public void Save_MissingFolder_IsRefusedByItsOwnName()
    {
        string path = Path.Combine(_folder, "none", "a");
        string message = Assert.Throws<DirectoryNotFoundException>(() => _arena.Save(path)).Message;
        Assert.Equal(
            $"'{path}' cannot be saved to. The folder '{Path.Combine(_folder, "none")}' does not exist: make it first.",
            message);
    }

    [Fact]
    public void Save_AfterAKill_ClearsWhatWasLeft_ButNotWhatMayBeInUse()
    {
        string path = PathTo("a");
        string[] leftovers = [];
        string? used = null;
        FileStream? inUse = null;
        try
        {
            // As another process sees it that saves to the same path.
            using (var watcher = new FileSystemWatcher(_folder))
            {
                string seen = "";
                watcher.Created += (_, change) => seen = change.Name!.StartsWith('.') ? change.FullPath : seen;
                watcher.EnableRaisingEvents = true;
                _arena.Save(path);
                Assert.True(SpinWait.SpinUntil(() => seen.Length > 0, TimeSpan.FromSeconds(10)));
                used = seen;
            }

            // Names differ in the eight letters before the end.
            string start = used[..^"12345678.tmp".Length];
            Assert.Equal(Path.Combine(_folder, ".rnngen-"), start[..^9]);
            leftovers = [start + "aaaaaaaa.tmp", start + "bbbbbbbb.tmp"];
            string[] kept = [PathTo(".rnngen-00000000-aaaaaaaa.tmp"), start + "cccccccc.tmp", start + "dddddddd.tmp"];
            foreach (string file in (string[])[.. leftovers, .. kept])
            {
                File.WriteAllText(file, "half");
                File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-2));
            }

            File.SetLastWriteTimeUtc(kept[1], DateTime.UtcNow);
            inUse = new FileStream(kept[2], FileMode.Open, FileAccess.Read, FileShare.Read);

            _arena.Save(path);

            Assert.All(leftovers, leftover => Assert.False(File.Exists(leftover)));
            Assert.All(kept, file => Assert.True(File.Exists(file)));
            AssertSaved(path, others: 3);
        }
        finally
        {
            inUse?.Dispose();
        }
    }

    [Fact]
    public void Save_ManyAtOnce_LeaveOneWholeFile()
    {
        string path = PathTo("a");
        ParameterArena<float>[] arenas = [.. Enumerable.Range(0, 4).Select(i =>
        {
            var arena = new ParameterArena<float>(100_000, [
                new("table", [100_000], [new(0, 100_000, 1, new RowMap(0, 1), 1, TensorPartRole.Value, null)])]);
            arena.Arena.Span.Fill(i + 1);
            return arena;
        })];
        Parallel.For(0, 40, i =>
        {
            arenas[i % 4].Save(path);
            var loaded = new ParameterArena<float>(100_000, arenas[0].Tensors);
            loaded.Load(path);
            Assert.Single(loaded.Get("table").Distinct());
        });
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    private string PathTo(string name) => Path.Combine(_folder, name);

    private void AssertSaved(string path, int others = 0)
    {
        Assert.Equal(1 + others, Directory.GetFileSystemEntries(_folder).Length);
        var loaded = new ParameterArena<float>(16, _arena.Tensors);
        loaded.Load(path);
        Assert.Equal([1, 2, 3], loaded.Get("table"));
    }

    private static string Run(string program, params string[] arguments)
    {
        Assert.True(TryRun(out string output, program, arguments), program);
        return output;
    }

    private static bool TryRun(out string output, string program, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
