using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace RnnGen.Benchmarks.Deployed;

/// <summary>Arrays that NumPy has saved with <c>savez</c>: a zip of .npy files, here of float32 in C's order.</summary>
internal sealed class NumpyArchive
{
    // "\x93NUMPY", two bytes of a version, two of the length of the header that follows.
    private const int HeaderStart = 10;

    private readonly Dictionary<string, float[]> _arrays = [];

    /// <exception cref="InvalidDataException">An array is of another type or order.</exception>
    public NumpyArchive(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using var memory = new MemoryStream();
            using (Stream stream = entry.Open())
            {
                stream.CopyTo(memory);
            }

            _arrays.Add(Path.GetFileNameWithoutExtension(entry.Name), Read(memory.ToArray(), entry.Name));
        }
    }

    public float[] this[string name] => _arrays.TryGetValue(name, out float[]? values)
        ? values
        : throw new InvalidDataException($"There is no array '{name}'; there are {string.Join(", ", _arrays.Keys)}.");

    private static float[] Read(byte[] file, string name)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(HeaderStart - sizeof(ushort)));
        string header = Encoding.ASCII.GetString(file, HeaderStart, length);
        return header.Contains("'descr': '<f4', 'fortran_order': False", StringComparison.Ordinal)
            ? MemoryMarshal.Cast<byte, float>(file.AsSpan(HeaderStart + length)).ToArray()
            : throw new InvalidDataException($"'{name}' is {header.Trim()}; it must be float32 in C's order.");
    }
}
