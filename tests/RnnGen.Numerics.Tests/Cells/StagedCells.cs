using RnnGen.Cells;
using static RnnGen.Cells.Functions;

namespace RnnGen.Numerics.Tests.Cells;

/// <summary>A gate's bare sum that a later stage reads.</summary>
public sealed class SkipCell : ICell
{
    public static Vector Step(Input x, Vector hidden, Gate reset, Gate skip, Gate candidate) =>
        Tanh(candidate[x, Sigmoid(reset[x, hidden]) * hidden]) + Tanh(0.3 * skip[x, hidden]);
}

/// <param name="size">Hidden units.</param>
public sealed class SkipAttribute(int size) : RecurrentAttribute<SkipCell>(size);

/// <summary>A gate's bare sum that a backward pass reads after the sum's gradient was written.</summary>
public sealed class LateSumCell : ICell
{
    public static Vector Step(Input x, Vector hidden, Gate reset, Gate skip, Gate candidate)
    {
        var r = Sigmoid(reset[x, hidden]);
        var s = skip[x, hidden];
        var c = Tanh(candidate[x, r * hidden]);
        return Tanh(c + r * s);
    }
}

/// <param name="size">Hidden units.</param>
public sealed class LateSumAttribute(int size) : RecurrentAttribute<LateSumCell>(size);

/// <summary>A first stage without a gate: its operand is made of a state and a weight alone.</summary>
public sealed class ScaledCell : ICell
{
    public static Vector Step(Input x, Vector hidden, Gate gate, Weight scale) =>
        Tanh(gate[x, (scale + 1) * hidden]);
}

/// <param name="size">Hidden units.</param>
public sealed class ScaledAttribute(int size) : RecurrentAttribute<ScaledCell>(size);
