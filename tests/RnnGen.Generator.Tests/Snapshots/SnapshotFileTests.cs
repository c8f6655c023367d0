using Xunit.Sdk;

namespace RnnGen.Generator.Tests.Snapshots;

public sealed class SnapshotFileTests : IDisposable
{
    private const string Name = "SomeTests.Method#Model.g";
    private readonly string _folder = Directory.CreateTempSubdirectory("snapshots").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EverySnapshot_BelongsToATest() =>
        Assert.Empty(SnapshotFile.Orphans(Repository.Tests, typeof(SnapshotFileTests).Assembly));

    [Fact]
    public void Match_NothingAccepted_FailsAndWritesReceived()
    {
        Assert.Contains("not accepted yet", Failure(new GeneratedFile("Model.g.cs", "class Model;\n")));
        Assert.Equal("//HintName: Model.g.cs\nclass Model;\n", File.ReadAllText(PathOf(Name + ".received.cs")));
    }

    [Fact]
    public void Match_ReceivedRenamed_Passes()
    {
        var file = new GeneratedFile("Model.g.cs", "class Model;\n");
        Failure(file);
        File.Move(PathOf(Name + ".received.cs"), PathOf(Name + ".verified.cs"));

        Match(file);
    }

    [Fact]
    public void Match_Changed_NamesTheLine()
    {
        File.WriteAllText(PathOf(Name + ".verified.cs"), "//HintName: Model.g.cs\nclass Model;\n");

        var failure = Failure(new GeneratedFile("Model.g.cs", "class Other;\n"));
        Assert.Contains("line 2 was\n    class Model;\nand is now\n    class Other;", failure);
        Assert.True(File.Exists(PathOf(Name + ".received.cs")));
    }

    [Fact]
    public void Match_SameAgain_RemovesReceived()
    {
        File.WriteAllText(PathOf(Name + ".verified.cs"), "//HintName: Model.g.cs\nclass Model;\n");
        File.WriteAllText(PathOf(Name + ".received.cs"), "of an earlier run");

        Match(new GeneratedFile("Model.g.cs", "class Model;\n"));
        Assert.False(File.Exists(PathOf(Name + ".received.cs")));
    }

    [Fact]
    public void Match_SnapshotWithoutGeneratedFile_Fails()
    {
        File.WriteAllText(PathOf(Name + ".verified.cs"), "//HintName: Model.g.cs\nclass Model;\n");

        Assert.Contains("nothing generates this file", Failure());
    }

    private void Match(params GeneratedFile[] files) =>
        SnapshotFile.Match(files, testFile: PathOf("SomeTests.cs"), method: "Method");

    private string Failure(params GeneratedFile[] files) =>
        Assert.ThrowsAny<XunitException>(() => Match(files)).Message;

    private string PathOf(string name) => Path.Combine(_folder, name);
}
