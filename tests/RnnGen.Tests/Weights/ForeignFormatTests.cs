using System.IO.Compression;
using System.Text;
using RnnGen.Weights;

namespace RnnGen.Tests.Weights;

/// <summary>Files that are given in place of weights: the refusal says what they are and what to do.</summary>
public sealed class ForeignFormatTests : IDisposable
{
    private static readonly ParameterArena<float> Arena = new(
        16, [new("table", [3], [new(0, 3, 1, new RowMap(0, 1), 1, TensorPartRole.Value, null)])]);

    private readonly string _folder = Directory.CreateTempSubdirectory("foreign").FullName;

    public static TheoryData<string, byte[], string, string> Files() => new()
    {
        { "empty", [], "The file is empty", "" },
        {
            "lfs",
            Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"),
            "a Git LFS pointer", "git lfs pull"
        },
        { "torch", Zip("archive/data.pkl"), "PyTorch's .pt", "safetensors.torch.save_file" },
        { "npz", Zip("weight.npy"), "NumPy's .npz", "safetensors.numpy.save_file" },
        { "keras", Zip("metadata.json"), "Keras' .keras", "safetensors.numpy.save_file" },
        { "pickle", [0x80, 2, (byte)'}', (byte)'q', 0, (byte)'(', (byte)'X', 4, 0, 0], "pickle", "save_file" },
        { "gzip", Gzip("{}"), "gzip", "decompress" },
        { "hdf5", [0x89, .. "HDF\r\n"u8, 0x1a, 10, 0, 0, 0], "HDF5", "save_file" },
        { "onnx", [8, 7, 0x12, 7, .. "pytorch"u8, 0x1a, 5, .. "2.4.0"u8], "ONNX", "safetensors" },
        { "numpy", [0x93, .. "NUMPY"u8, 1, 0, 118, 0], "NumPy array", "save_file" },
        { "gguf", [.. "GGUF"u8, 3, 0, 0, 0, 9, 0, 0, 0], "GGUF", "safetensors" },
        { "json", [.. "{\"a\": [1, 2, 3]}"u8], "JSON", ".safetensors" },
        {
            "index", [.. "{\n  \"metadata\": {\"total_size\": 5}, \"weight_map\": {}}"u8],
            "index of weights in several files", "all tensors"
        },
        { "html", [.. "\n<!DOCTYPE html><html><head>"u8], "a web page", "browser" },
        { "text", [.. "Not found: größe\n"u8], "text, 'Not found: größe", ".safetensors" },
        { "cut letter", Encoding.UTF8.GetBytes("a" + new string('ß', 300)), "text, 'aßß", ".safetensors" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_FileOfAnotherKind_SaysWhatItIsAndWhatToDo(string name, byte[] bytes, string kind, string remedy)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        string message = Assert.Throws<InvalidDataException>(() => Arena.Load(path)).Message;
        Assert.StartsWith($"'{path}' cannot be loaded. ", message, StringComparison.Ordinal);
        Assert.Contains(kind, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 20, 500);
        Assert.Contains(
            kind, Assert.Throws<InvalidDataException>(() => Arena.Load(new ForwardOnlyStream(bytes))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Folder_IsRefusedAsOne() => Assert.Contains(
        "It is a folder", Assert.Throws<InvalidDataException>(() => Arena.Load(_folder)).Message,
        StringComparison.Ordinal);

    // Bytes of no known kind: the numbers are told as they are.
    [Fact]
    public void Load_UnknownBytes_SaysWhatTheHeaderLengthWouldBe() => Assert.Contains(
        "The header length is 18446744073709551615 bytes",
        Assert.Throws<InvalidDataException>(() => Arena.Load([.. Enumerable.Repeat((byte)255, 40)])).Message,
        StringComparison.Ordinal);

    private static byte[] Zip(string entry)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            using Stream content = zip.CreateEntry(entry).Open();
            content.Write("some content"u8);
        }

        return file.ToArray();
    }

    private static byte[] Gzip(string text)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return file.ToArray();
    }
}
