using System.Collections.Immutable;
using RnnGen.Weights;
using Character = CharacterSample.CharacterModel;

namespace RnnGen.Samples.Tests.Characters;

/// <summary><c>--generate</c>: weights with their vocabulary, and files that are not that.</summary>
public sealed class GenerationTests
{
    [Fact]
    public async Task Generation_EqualSeeds_EqualPassages()
    {
        using var folder = new TemporaryFolder();
        string weights = Save(folder, " abc");

        SampleRun first = await SampleRun.Start("--generate", weights, "--prompt", "cab", "--seed", "7");
        SampleRun second = await SampleRun.Start("--generate", weights, "--prompt", "cab", "--seed", "7");
        SampleRun other = await SampleRun.Start("--generate", weights, "--prompt", "cab", "--seed", "8");

        Assert.Equal(0, first.ExitCode);
        Assert.Equal("", first.Errors);
        Assert.Matches("^cab[ abc]{500}\n$", first.Output);
        Assert.Equal(first.Output, second.Output);
        Assert.NotEqual(first.Output, other.Output);
    }

    [Fact]
    public async Task Generation_OtherWeights_AreRefused()
    {
        using var folder = new TemporaryFolder();
        string bare = folder.PathOf("bare");
        new Character(seed: 1).Save(bare);
        string damaged = folder.PathOf("damaged");
        File.WriteAllBytes(damaged, File.ReadAllBytes(bare)[..1000]);
        string control = Save(folder, "ab\u001b");

        await AssertRefused("have no vocabulary beside them", bare);
        await AssertRefused("cannot be loaded", damaged);
        await AssertRefused("U+001B", control);
    }

    private static async Task AssertRefused(string message, string weights)
    {
        SampleRun run = await SampleRun.Start("--generate", weights);
        Assert.Contains(message, run.Errors);
        Assert.Single(run.Errors.TrimEnd().Split('\n'));
        Assert.Equal("", run.Output);
        Assert.Equal(2, run.ExitCode);
    }

    // Untrained weights, with such a vocabulary in the file's metadata.
    private static string Save(TemporaryFolder folder, string vocabulary)
    {
        string bare = folder.PathOf("untrained");
        new Character(seed: 1).Save(bare);
        using FileStream source = File.OpenRead(bare);
        SafetensorsHeader header = Safetensors.ReadHeader(source);
        string path = folder.PathOf("weights");
        using FileStream target = File.Create(path);
        ImmutableDictionary<string, string> metadata = header.Metadata.SetItem("vocabulary", vocabulary);
        Safetensors.WriteHeader(target, header.Tensors, metadata);
        source.CopyTo(target);
        return path;
    }
}
