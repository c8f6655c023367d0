using System.Text;

namespace RnnGen.Generator.Emission;

/// <summary>Writes C# line by line, with indentation and <c>\n</c> on every system.</summary>
internal sealed class CodeWriter
{
    private const int MostColumns = 120;

    private readonly StringBuilder _text = new();
    private int _indent;

    /// <summary>Writes a line; a line of several is indented as a whole.</summary>
    public CodeWriter Line(string text = "")
    {
        foreach (string line in text.Split('\n'))
        {
            // No blank line behind an opening brace, and never two.
            if (line.Length == 0 && (_text.Length == 0 || EndsWith("{\n") || EndsWith("\n\n")))
            {
                continue;
            }

            // A block and what follows it are two thoughts.
            if (line.Length > 0 && !ContinuesBlock(line) && EndsWith("}\n"))
            {
                _text.Append('\n');
            }

            string indented = line.Length > 0 ? new string(' ', _indent * 4) + line : "";
            foreach (string part in LineBreaker.Break(indented, MostColumns))
            {
                _text.Append(part).Append('\n');
            }
        }

        return this;
    }

    /// <summary>Writes a comment above what follows.</summary>
    public CodeWriter Comment(string text) => Line("// " + text);

    /// <summary>Writes a one-line summary for the IDE.</summary>
    public CodeWriter Summary(string text) =>
        Line($"/// <summary>{text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")}</summary>");

    /// <summary>Writes a line and a block that lasts until the result is disposed.</summary>
    public IDisposable Block(string head)
    {
        Line(head);
        return Braces("}");
    }

    /// <summary>A block without a head.</summary>
    public IDisposable Scope() => Braces("}");

    /// <summary>Writes items behind a head, broken into lines where one is not enough.</summary>
    public CodeWriter List(string head, IEnumerable<string> items, string tail)
    {
        string[] all = [.. items];
        string whole = head + string.Join(", ", all) + tail;
        if ((_indent * 4) + whole.Length <= MostColumns)
        {
            return Line(whole);
        }

        Line(head.TrimEnd());
        _indent++;
        var line = new StringBuilder();
        for (int i = 0; i < all.Length; i++)
        {
            string item = all[i] + (i + 1 < all.Length ? "," : tail);
            if (line.Length > 0 && (_indent * 4) + line.Length + 1 + item.Length > MostColumns)
            {
                Line(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(item);
        }

        Line(line.ToString());
        _indent--;
        return this;
    }

    public override string ToString() => _text.ToString();

    private static bool ContinuesBlock(string line) =>
        line.TrimStart() is var text && (text.Length == 0 || text[0] is '}' or ')' or ']'
            || text.StartsWith("else", StringComparison.Ordinal) || text == "break;");

    private bool EndsWith(string end)
    {
        for (int i = 0; i < end.Length; i++)
        {
            if (_text.Length < end.Length || _text[_text.Length - end.Length + i] != end[i])
            {
                return false;
            }
        }

        return true;
    }

    private IDisposable Braces(string end)
    {
        Line("{");
        _indent++;
        return new Ending(this, end);
    }

    private sealed class Ending(CodeWriter writer, string end) : IDisposable
    {
        public void Dispose()
        {
            writer._indent--;
            writer.Line(end);
        }
    }
}
