using System.Collections.Immutable;

namespace RnnGen.Benchmarks.Inspection;

/// <summary>A method as the JIT has compiled it.</summary>
/// <param name="Name">Class, method and parameters.</param>
/// <param name="Tier">How far it was optimised: <c>FullOpts</c> or <c>Tier1</c> where that is all there is.</param>
/// <param name="Text">The listing.</param>
internal sealed record ListedMethod(string Name, string Tier, string Text)
{
    /// <summary>Bytes of code.</summary>
    public int Bytes { get; init; }

    /// <summary>Whether <c>rbp</c> points into the frame.</summary>
    public bool HasFramePointer { get; init; }

    public required ImmutableArray<CodeBlock> Blocks { get; init; }

    public bool IsOptimized => Tier is "FullOpts" or "Tier1";

    public int IndexOf(string label)
    {
        for (int i = 0; i < Blocks.Length; i++)
        {
            if (Blocks[i].Label == label)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>Instructions between two labels.</summary>
/// <param name="Label">Where others jump to.</param>
/// <param name="Instructions">The instructions.</param>
internal sealed record CodeBlock(string Label, ImmutableArray<Instruction> Instructions)
{
    /// <summary>The label without the method's number.</summary>
    public string ShortLabel => Label[(Label.LastIndexOf('_') + 1)..];
}
