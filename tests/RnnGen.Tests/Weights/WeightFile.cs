using System.Collections.Immutable;
using RnnGen.Weights;

namespace RnnGen.Tests.Weights;

/// <summary>Weight files as other programs may write them.</summary>
internal static class WeightFile
{
    /// <summary>Each tensor filled with a number of its own, in single precision; or zeros of a type as long.</summary>
    public static MemoryStream Of(
        ImmutableArray<TensorMap> tensors,
        Func<string, float> value,
        string type = "F32",
        ImmutableDictionary<string, string>? metadata = null)
    {
        ImmutableArray<SafetensorsEntry>.Builder entries = ImmutableArray.CreateBuilder<SafetensorsEntry>();
        long end = 0;
        foreach (TensorMap tensor in tensors)
        {
            long start = end;
            end += tensor.Length * sizeof(float);
            entries.Add(new SafetensorsEntry
            {
                Name = tensor.Name,
                Type = type,
                Shape = [.. tensor.Shape.Select(size => (long)size)],
                Start = start,
                End = end,
            });
        }

        var file = new MemoryStream();
        Safetensors.WriteHeader(file, entries.ToImmutable(), metadata ?? ImmutableDictionary<string, string>.Empty);
        foreach (TensorMap tensor in tensors)
        {
            for (int i = 0; i < tensor.Length; i++)
            {
                file.Write(BitConverter.GetBytes(value(tensor.Name)));
            }
        }

        file.Position = 0;
        return file;
    }
}
