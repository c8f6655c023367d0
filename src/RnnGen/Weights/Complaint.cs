using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;

namespace RnnGen.Weights;

/// <summary>
/// The text of a check that failed: nothing is written, nor any name shortened, for the many that hold.
/// </summary>
[InterpolatedStringHandler]
internal ref struct Complaint
{
    private readonly StringBuilder? _text;

    public Complaint(int literalLength, int holes, bool condition, out bool isWanted)
    {
        isWanted = !condition;
        _text = isWanted ? new StringBuilder(literalLength + (16 * holes)) : null;
    }

    public readonly void AppendLiteral(string text) => _text?.Append(text);

    public readonly void AppendFormatted(string text) => _text?.Append(text);

    /// <summary>A name from a file, in quotes and shortened.</summary>
    public readonly void AppendFormatted(string name, string format) =>
        _text?.Append(format == "q" ? SafetensorsHeaderParser.Quote(name) : name);

    public readonly void AppendFormatted(int number) => _text?.Append(number);

    public readonly void AppendFormatted(long number) => _text?.Append(number);

    public readonly void AppendFormatted(long? number) => _text?.Append(number);

    public readonly void AppendFormatted(UInt128 number) => _text?.Append(number);

    public readonly void AppendFormatted(ImmutableArray<long> sizes) => _text?.AppendJoin(", ", sizes);

    public override readonly string ToString() => $"{_text}.";
}
