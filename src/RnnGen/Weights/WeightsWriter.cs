using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;

namespace RnnGen.Weights;

/// <summary>Writes a model's tensors as a safetensors file.</summary>
internal static class WeightsWriter
{
    // What PyTorch's own tools write, and some of them look for.
    private static readonly ImmutableDictionary<string, string> Metadata =
        ImmutableDictionary<string, string>.Empty.Add("format", "pt");

    public static void Write<T>(ParameterArena<T> parameters, string path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // A link is followed, so that the file it names is replaced and not the link.
        FileSystemInfo? linked = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true) : null;
        string target = linked?.FullName ?? Path.GetFullPath(path);
        string temporary = $"{target}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                Write(parameters, stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    public static unsafe void Write<T>(ParameterArena<T> parameters, Stream stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        string type = typeof(T) == typeof(double) ? "F64" : "F32";
        ImmutableArray<SafetensorsEntry>.Builder entries = ImmutableArray.CreateBuilder<SafetensorsEntry>();
        long end = 0;
        foreach (TensorMap tensor in parameters.Tensors)
        {
            CheckFinite(tensor.Name, parameters.Get(tensor.Name));
            long start = end;
            end += (long)tensor.Length * sizeof(T);
            entries.Add(new SafetensorsEntry
            {
                Name = tensor.Name,
                Type = type,
                Shape = [.. tensor.Shape.Select(size => (long)size)],
                Start = start,
                End = end,
            });
        }

        Safetensors.WriteHeader(
            stream,
            entries.ToImmutable(),
            Metadata.AddRange(parameters.Options.Select(option => KeyValuePair.Create(option.Key, option.Value))));
        foreach (TensorMap tensor in parameters.Tensors)
        {
            stream.Write(Encode(parameters.Get(tensor.Name)));
        }
    }

    private static void CheckFinite<T>(string name, T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int bad = Array.FindIndex(values, value => !T.IsFinite(value));
        if (bad >= 0)
        {
            throw new InvalidOperationException(
                $"Tensor '{name}' has the weight {values[bad]} at place {bad}: a model that diverged is not saved.");
        }
    }

    private static unsafe byte[] Encode<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        byte[] bytes = new byte[checked(values.Length * sizeof(T))];
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> number = bytes.AsSpan(i * sizeof(T), sizeof(T));
            if (typeof(T) == typeof(double))
            {
                BinaryPrimitives.WriteDoubleLittleEndian(number, double.CreateTruncating(values[i]));
            }
            else
            {
                BinaryPrimitives.WriteSingleLittleEndian(number, float.CreateTruncating(values[i]));
            }
        }

        return bytes;
    }
}
