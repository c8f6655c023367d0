using System.Globalization;

namespace RnnGen.Benchmarks.Commands;

/// <summary>What the startup program prints.</summary>
/// <param name="Simd">The SIMD target that it runs on.</param>
/// <param name="Microseconds">To the first result, and a step of each model, by name.</param>
internal sealed record StartupReport(string Simd, IReadOnlyDictionary<string, double> Microseconds)
{
    public static StartupReport Parse(string text)
    {
        string simd = "";
        var times = new Dictionary<string, double>();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // first_result_us=… compiler=… simd=…, or step=NAME us=…
            Dictionary<string, string> values = line.Split(' ', StringSplitOptions.TrimEntries)
                .Select(word => word.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
            if (values.TryGetValue("step", out string? step))
            {
                times.Add("step/" + step, Number(values["us"]));
            }
            else
            {
                simd = values["simd"];
                times.Add("first_result", Number(values["first_result_us"]));
            }
        }

        return new StartupReport(simd, times);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
