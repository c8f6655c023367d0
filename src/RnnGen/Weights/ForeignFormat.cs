using System.Text;

namespace RnnGen.Weights;

/// <summary>Knows files of other kinds by their first bytes, so that a refusal can say what to do.</summary>
internal static class ForeignFormat
{
    /// <summary>As many bytes of a file as it takes.</summary>
    public const int WantedBytes = 512;

    private const string FromPyTorch = "in Python, write the weights with safetensors.torch.save_file(model."
        + "state_dict(), \"model.safetensors\") and load that file";

    private const string FromArrays = "in Python, write the weights with safetensors.numpy.save_file, under the names "
        + "and in the layout of PyTorch";

    // The first that fits; what is more specific stands first.
    private static readonly (byte[] Start, string Kind, string Remedy)[] Binary =
    [
        ([0x1f, 0x8b], "compressed by gzip", "decompress it first"),
        ([0x28, 0xb5, 0x2f, 0xfd], "compressed by zstd", "decompress it first"),
        ([0xfd, .. "7zXZ"u8], "compressed by xz", "decompress it first"),
        ([.. "BZh"u8], "compressed by bzip2", "decompress it first"),
        ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "a 7z archive", "unpack it first"),
        ([0x89, .. "HDF\r\n"u8], "HDF5, as Keras writes it", FromArrays),
        ([0x93, .. "NUMPY"u8], "a NumPy array", FromArrays),
        ([.. "GGUF"u8], "GGUF", "load the safetensors file that it was made from"),
        ([0x80, 0x02], "a Python pickle, as older PyTorch writes it", FromPyTorch),
        ([0x80, 0x03], "a Python pickle", FromPyTorch),
        ([0x80, 0x04], "a Python pickle", FromPyTorch),
        ([0x80, 0x05], "a Python pickle", FromPyTorch),
    ];

    /// <summary>A sentence that says what a file is that is not safetensors; null if that is not known.</summary>
    /// <param name="start">The file's first bytes; all that it has, if it is shorter.</param>
    public static string? Describe(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
        {
            return "The file is empty: it was not written, or nothing was copied.";
        }

        (string Kind, string Remedy)? found = Zip(start) ?? Other(start) ?? Text(start);
        return found is { } file ? $"It is not a safetensors file but looks like {file.Kind}: {file.Remedy}." : null;
    }

    private static (string Kind, string Remedy)? Zip(ReadOnlySpan<byte> start)
    {
        // The name of the first file inside is behind 30 bytes of header.
        const int NameStart = 30;
        if (!start.StartsWith("PK\x03\x04"u8))
        {
            return null;
        }

        string name = start.Length > NameStart + 2
            ? Encoding.Latin1.GetString(start[NameStart..Math.Min(start.Length, NameStart + start[26])])
            : "";
        return name.EndsWith(".npy", StringComparison.Ordinal)
            ? ("NumPy's .npz", FromArrays)
            : name.EndsWith(".json", StringComparison.Ordinal)
                ? ("Keras' .keras", FromArrays)
                : ("a zip archive, as PyTorch's .pt and .pth are", FromPyTorch);
    }

    private static (string Kind, string Remedy)? Other(ReadOnlySpan<byte> start)
    {
        foreach ((byte[] first, string kind, string remedy) in Binary)
        {
            if (start.StartsWith(first))
            {
                return (kind, remedy);
            }
        }

        // Protocol buffers: the version, a small number, and then the producer's name or another field of the model.
        return start is [0x08, > 0 and < 32, 0x12 or 0x1a or 0x22 or 0x3a, ..]
            ? ("ONNX", "export the weights it was made from as safetensors; a graph is not read")
            : null;
    }

    private static (string Kind, string Remedy)? Text(ReadOnlySpan<byte> start)
    {
        if (start.IndexOfAnyInRange((byte)0, (byte)8) >= 0)
        {
            return null;
        }

        // The last letter may have been cut in two.
        string text = Encoding.UTF8.GetString(start).TrimEnd('\uFFFD').TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text switch
        {
            _ when text.StartsWith("version https://git-lfs", StringComparison.Ordinal) =>
                ("a Git LFS pointer", "run 'git lfs pull' in the repository to get the file that it stands for"),
            ['<', ..] => ("a web page", "the download gave a page instead of the file: read it in a browser"),
            ['{' or '[', ..] => text.Contains("\"weight_map\"", StringComparison.Ordinal)
                    || text.Contains("\"total_size\"", StringComparison.Ordinal)
                ? ("the index of weights in several files", "load a file that has all tensors")
                : ("JSON", "name the .safetensors file beside it"),
            _ => text.Length >= Safetensors.PrefixLength && text.All(IsWritten)
                ? ($"text, {SafetensorsHeaderParser.Quote(text.ReplaceLineEndings(" "))}", "name a .safetensors file")
                : null,
        };
    }

    private static bool IsWritten(char letter) =>
        letter is '\t' or '\r' or '\n' || !(char.IsControl(letter) || letter == '\uFFFD');
}
