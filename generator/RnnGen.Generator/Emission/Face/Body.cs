namespace RnnGen.Generator.Emission.Face;

/// <summary>What a member does.</summary>
internal abstract record Body
{
    private Body()
    {
    }

    /// <summary>An expression behind the signature.</summary>
    public static Body Inline(string expression) => new ExpressionBody($" => {expression};", "");

    /// <summary>An expression on a line of its own.</summary>
    public static Body Below(string expression) => new ExpressionBody(" =>", $"    {expression};");

    /// <summary>Statements in braces.</summary>
    /// <param name="initializer">What stands above them in a constructor.</param>
    public static Body Block(Action<CodeWriter> statements, string initializer = "") =>
        new BlockBody(statements, initializer);

    /// <summary>Writes a member of this body.</summary>
    public abstract void Write(CodeWriter code, Signature signature);

    private sealed record ExpressionBody(string First, string Second) : Body
    {
        public override void Write(CodeWriter code, Signature signature)
        {
            signature.Write(code, First);
            if (Second.Length > 0)
            {
                code.Line(Second);
            }
        }
    }

    private sealed record BlockBody(Action<CodeWriter> Statements, string Initializer) : Body
    {
        public override void Write(CodeWriter code, Signature signature)
        {
            signature.Write(code, Initializer.Length > 0 ? "\n    " + Initializer : "");
            using (code.Scope())
            {
                Statements(code);
            }
        }
    }
}
