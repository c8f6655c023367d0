using RnnGen.Generator.Model;

namespace RnnGen.Generator.Emission.Face;

/// <summary>Emits what stands around the members of a model: another part of the user's class.</summary>
internal static class DeclarationEmitter
{
    /// <summary>
    /// What the compiler has against type names of small letters alone, it says where the user wrote them.
    /// </summary>
    public static void AllowLowerCase(CodeWriter code, ModelSpec spec)
    {
        IEnumerable<string> names = spec.ContainingTypes.Select(type => type.Name).Concat([spec.Name]);
        if (names.Any(name => name.All(character => character is >= 'a' and <= 'z')))
        {
            code.Line("#pragma warning disable CS8981\n");
        }
    }

    /// <summary>The class as it is called inside of itself.</summary>
    public static string Self(ModelSpec spec) => spec.Identifier + spec.Declaration.TypeParameters;

    /// <summary>Opens the namespace, the containing types and the class.</summary>
    /// <param name="interfaces">What the class implements.</param>
    public static IDisposable Open(CodeWriter code, ModelSpec spec, IEnumerable<string> interfaces)
    {
        var blocks = new Stack<IDisposable>();
        if (spec.Namespace.Length > 0)
        {
            code.Line($"namespace {spec.Namespace};\n");
        }

        foreach (ContainingTypeSpec type in spec.ContainingTypes)
        {
            blocks.Push(code.Block($"partial {type.Keyword} {type.Identifier}{type.TypeParameters}"));
        }

        string[] all = [.. interfaces];
        code.List($"partial {spec.Declaration.Keyword} {Self(spec)}{(all.Length > 0 ? " : " : "")}", all, "");
        blocks.Push(code.Scope());
        return new Blocks(blocks);
    }

    private sealed class Blocks(Stack<IDisposable> blocks) : IDisposable
    {
        public void Dispose()
        {
            while (blocks.Count > 0)
            {
                blocks.Pop().Dispose();
            }
        }
    }
}
