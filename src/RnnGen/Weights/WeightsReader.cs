using System.Numerics;

namespace RnnGen.Weights;

/// <summary>
/// Reads a safetensors file into a model, in the order of the file and a piece at a time: all of it is checked and
/// read before a model that has weights is touched.
/// </summary>
internal static class WeightsReader
{
    // A tensor may be larger than an array of its bytes can be.
    private const int PieceBytes = 1 << 20;

    public static void Read<T>(ParameterArena<T> parameters, string path, LoadOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"'{path}' cannot be loaded. It is a folder: name a file in it.");
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        try
        {
            Read(parameters, stream, options, isWhole: true);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"'{path}' cannot be loaded. {exception.Message}", exception);
        }
    }

    public static unsafe void Read<T>(ParameterArena<T> parameters, ReadOnlySpan<byte> file, LoadOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (byte* first = file)
        {
            // A stream does not take the null of an empty span.
            using Stream stream = first is null ? Stream.Null : new UnmanagedMemoryStream(first, file.Length);
            Read(parameters, stream, options, isWhole: true);
        }
    }

    /// <param name="parameters">The model's weights.</param>
    /// <param name="stream">A stream at the start of the file.</param>
    /// <param name="options">How the file is read.</param>
    /// <param name="isWhole">Whether the stream must end with the file.</param>
    public static void Read<T>(ParameterArena<T> parameters, Stream stream, LoadOptions options, bool isWhole)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        var names = new FileNames(parameters.Tensors, options);
        SafetensorsHeader header = SafetensorsHeaderReader.Read(stream, isWhole);
        IReadOnlyList<(TensorMap Tensor, SafetensorsEntry Entry)> tensors =
            new TensorMatch(parameters.Tensors, header.Tensors, names, options).InFileOrder();
        OptionMatch.Check(parameters.Options, header.Metadata, names);

        using WeightsStage<T> stage = parameters.Stage();
        byte[] buffer = new byte[Math.Min(PieceBytes, header.DataLength)];
        var numbers = new T[buffer.Length / sizeof(ushort)];
        foreach ((TensorMap tensor, SafetensorsEntry entry) in tensors)
        {
            ReadTensor(stream, tensor, entry, buffer, numbers, stage);
        }

        if (isWhole && !stream.CanSeek && stream.ReadByte() >= 0)
        {
            throw new InvalidDataException(
                $"The tensors need {header.DataLength} bytes of data and the file has more: it has bytes to spare.");
        }

        CheckSums(parameters.Tensors, stage);
        stage.Commit();
    }

    private static void ReadTensor<T>(
        Stream stream, TensorMap tensor, SafetensorsEntry entry, byte[] buffer, T[] numbers, WeightsStage<T> stage)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = Safetensors.FloatSize(entry.Type);
        int most = buffer.Length / size;
        int done = 0;
        while (done < tensor.Length)
        {
            int count = Math.Min(most, tensor.Length - done);
            Span<byte> bytes = buffer.AsSpan(0, count * size);
            int got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (got < bytes.Length)
            {
                throw new InvalidDataException(
                    $"The file ends in tensor '{entry.Name}', {bytes.Length - got} bytes or more before its end: it "
                    + "was cut off.");
            }

            Span<T> values = numbers.AsSpan(0, count);
            Safetensors.Decode(bytes, entry.Type, values);
            int bad = Bad<T>(values);
            if (bad >= 0)
            {
                throw new InvalidDataException(
                    $"Tensor '{entry.Name}' has at place {done + bad} a number that is not finite as "
                    + $"{typeof(T).Name}.");
            }

            PartCopy.Scatter(tensor, done, values, stage.Numbers, stage.Pairs);
            done += count;
        }
    }

    private static void CheckSums<T>(IEnumerable<TensorMap> tensors, WeightsStage<T> stage)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (TensorMap tensor in tensors.Where(map => map.Parts.Any(part => part.Role == TensorPartRole.Addend)))
        {
            var sums = new T[tensor.Length];
            PartCopy.Gather(tensor, 0, stage.Numbers, pairs: null, sums);
            int bad = Bad<T>(sums);
            if (bad >= 0)
            {
                throw new InvalidDataException(
                    $"The sum of a pair of biases, '{tensor.Name}' the second, is at place {bad} not finite as "
                    + $"{typeof(T).Name}.");
            }
        }
    }

    private static int Bad<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!T.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
