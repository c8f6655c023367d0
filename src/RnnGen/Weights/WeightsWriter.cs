using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;

namespace RnnGen.Weights;

/// <summary>Writes a model's tensors in the safetensors format, a piece at a time.</summary>
internal static class WeightsWriter
{
    // A tensor may be larger than an array of its bytes can be.
    private const int PieceBytes = 1 << 20;

    // What PyTorch's own tools write, and some of them look for.
    private static readonly ImmutableDictionary<string, string> Metadata =
        ImmutableDictionary<string, string>.Empty.Add("format", "pt");

    /// <exception cref="InvalidOperationException">A weight is not finite.</exception>
    public static void Check<T>(ParameterArena<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (TensorMap tensor in parameters.Tensors)
        {
            ForEachPiece(parameters, tensor, (first, values) => CheckFinite(tensor.Name, first, values));
        }
    }

    /// <summary>Writes weights that have been checked.</summary>
    public static unsafe void Write<T>(ParameterArena<T> parameters, Stream stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string type = typeof(T) == typeof(double) ? "F64" : "F32";
        ImmutableArray<SafetensorsEntry>.Builder entries = ImmutableArray.CreateBuilder<SafetensorsEntry>();
        long end = 0;
        foreach (TensorMap tensor in parameters.Tensors)
        {
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
            ForEachPiece(parameters, tensor, (_, values) => stream.Write(Encode(values)));
        }
    }

    private delegate void Piece<T>(int first, Span<T> values);

    private static unsafe void ForEachPiece<T>(ParameterArena<T> parameters, TensorMap tensor, Piece<T> use)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var numbers = new T[Math.Min(tensor.Length, PieceBytes / sizeof(T))];
        for (int first = 0; first < tensor.Length;)
        {
            Span<T> values = numbers.AsSpan(0, Math.Min(numbers.Length, tensor.Length - first));
            parameters.GetRange(tensor, first, values);
            use(first, values);
            first += values.Length;
        }
    }

    private static void CheckFinite<T>(string name, int first, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!T.IsFinite(values[i]))
            {
                throw new InvalidOperationException(
                    $"Tensor '{name}' has the weight {values[i]} at place {first + i}: a model that diverged is not "
                    + "saved.");
            }
        }
    }

    // In place: the numbers are not needed again.
    private static unsafe Span<byte> Encode<T>(Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        if (!BitConverter.IsLittleEndian)
        {
            for (int i = 0; i < bytes.Length; i += sizeof(T))
            {
                bytes.Slice(i, sizeof(T)).Reverse();
            }
        }

        return bytes;
    }
}
