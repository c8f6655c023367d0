using System.Globalization;
using System.Text;

namespace RnnGen.TargetCheck.Checks;

/// <summary>One line of the report: what was measured, and <c>ok</c> or what is wrong.</summary>
internal sealed class ReportLine
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _failures = [];

    public bool IsOk => _failures.Count == 0;

    public void Add(string key, string value) => _text.Append(CultureInfo.InvariantCulture, $"{key}={value} ");

    /// <summary>An error, which must not be larger than its tolerance; NaN is.</summary>
    public void AddError(string key, double error, double tolerance)
    {
        Add(key, Text(error));
        Require(error <= tolerance, $"{key} is above {Text(tolerance)}");
    }

    /// <summary>Adds to what is wrong, unless the condition holds.</summary>
    public void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            _failures.Add(otherwise);
        }
    }

    public override string ToString() => _text + (IsOk ? "ok" : "FAILED: " + string.Join("; ", _failures));

    private static string Text(double error) =>
        error.ToString(error is 0 or > 0.1 ? "0.##" : "0.##e-0", CultureInfo.InvariantCulture);
}
