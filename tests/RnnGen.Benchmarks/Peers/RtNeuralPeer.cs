using System.Collections.Immutable;
using System.Globalization;
using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Peers;

/// <summary>
/// RTNeural, a C++ library with sizes fixed at compile time: it runs in a program of its own, so it comes as figures,
/// measured on this machine if a file is given, else stored ones.
/// </summary>
internal sealed class RtNeuralPeer : IPeer
{
    private const string OtherMachine =
        "of another machine (AVX2 and FMA, peak 95 to 103 GFLOP/s a core): not a comparison";

    // LSTM and Dense(1), -O3 -march=native -ffast-math, the best of RTNeural's three backends.
    private static readonly Dictionary<string, double> StoredFigures = new()
    {
        ["lstm 1x8"] = 0.043,
        ["lstm 1x16"] = 0.088,
        ["lstm 1x32"] = 0.223,
        ["lstm 16x32"] = 0.277,
        ["lstm 1x64"] = 0.912,
        ["lstm 64x64"] = 1.61,
        ["lstm 128x128"] = 7.73,
    };

    private readonly Dictionary<string, double> _figures;
    private readonly string _remark;

    private RtNeuralPeer(string name, Dictionary<string, double> figures, string remark)
    {
        Name = name;
        _figures = figures;
        _remark = remark;
    }

    public static RtNeuralPeer Stored { get; } = new("RTNeural-stored", StoredFigures, OtherMachine);

    public string Name { get; }

    /// <summary>Reads figures of this machine.</summary>
    /// <param name="path">A file with lines like <c>lstm 1x8 0.031</c>: cell, sizes, microseconds a step.</param>
    /// <exception cref="InvalidDataException">A line is not of this form.</exception>
    public static RtNeuralPeer Read(string path)
    {
        var figures = new Dictionary<string, double>();
        foreach (string line in File.ReadLines(path))
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
            {
                continue;
            }

            if (words.Length != 3
                || !double.TryParse(words[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double figure))
            {
                throw new InvalidDataException($"{path}: '{line}' is not of the form 'lstm 1x8 0.031'.");
            }

            figures[$"{words[0]} {words[1]}"] = figure;
        }

        return new RtNeuralPeer("RTNeural", figures, $"measured apart from this run ({Path.GetFileName(path)})");
    }

    public PeerEntry? Open(BenchmarkCase wanted, ImmutableDictionary<string, NamedTensor> tensors)
    {
        if (wanted.Activity != Activity.Step)
        {
            return null;
        }

        // Its GRU has the reset gate after the product; either of ours does the same work for a user.
        string key = $"{wanted.Network.CellName} {wanted.Network.Inputs}x{wanted.Network.Hidden}";
        return _figures.TryGetValue(key, out double figure)
            ? new PeerEntry.Stored(figure, _remark)
            : new PeerEntry.Skipped($"no figure for {key}");
    }
}
