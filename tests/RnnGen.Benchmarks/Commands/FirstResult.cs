using System.Diagnostics;
using System.Globalization;
using RnnGen.Benchmarks.Models;

namespace RnnGen.Benchmarks.Commands;

/// <summary>From the start of a process, and of a model, to the first result of a step.</summary>
/// <param name="Clock">The machine's clock when the result was there, comparable between its processes.</param>
/// <param name="ModelMicroseconds">From the model's construction to the result.</param>
internal sealed record FirstResult(long Clock, double ModelMicroseconds)
{
    /// <summary>Makes a model and steps it once.</summary>
    public static FirstResult Measure()
    {
        long start = Stopwatch.GetTimestamp();
        var model = new Lstm16X32(seed: 1);
        using Lstm16X32.State state = model.CreateState();
        Span<float> features = stackalloc float[Lstm16X32.InputSize];
        features.Fill(0.5f);
        model.Step(features, state);
        long end = Stopwatch.GetTimestamp();
        return new FirstResult(end, Stopwatch.GetElapsedTime(start, end).TotalMicroseconds);
    }

    public static FirstResult Parse(string line)
    {
        string[] words = line.Split(' ');
        return new FirstResult(
            long.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Clock} {ModelMicroseconds:f1}");
}
