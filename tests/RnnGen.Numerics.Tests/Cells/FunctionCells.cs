using RnnGen.Cells;
using static RnnGen.Cells.Functions;

namespace RnnGen.Numerics.Tests.Cells;

/// <summary>
/// The smooth functions that no built-in cell calls, in two stages of products: derivatives that read their function's
/// operand (ln, softplus) and one that reads its value (exp).
/// </summary>
public sealed class SmoothFunctionsCell : ICell
{
    public static (Vector Hidden, Vector State) Step(
        Input x, Vector hidden, Vector state, Gate scale, Gate rate, Gate candidate, Weight peephole)
    {
        var size = Softplus(scale[x, hidden] + peephole * state);
        var decay = Exp(-size);
        var level = Log(1 + Softplus(rate[x, hidden]));
        var newState = decay * state + level * Tanh(candidate[x, decay * hidden]);
        var newHidden = Tanh(newState) * Sigmoid(level);
        return (newHidden, newState);
    }
}

/// <param name="size">Hidden units.</param>
public sealed class SmoothFunctionsAttribute(int size) : RecurrentAttribute<SmoothFunctionsCell>(size);

/// <summary>The functions with places where they, or their derivatives, have none.</summary>
public sealed class KinkedFunctionsCell : ICell
{
    public static (Vector Hidden, Vector State) Step(
        Input x, Vector hidden, Vector state, Gate keep, Gate limit, Gate candidate)
    {
        var kept = HardSigmoid(keep[x, hidden]);
        var bounded = HardTanh(limit[x, hidden]);
        var leaking = LeakyRelu(candidate[x, kept * hidden]);
        var newState = kept * state + Max(Abs(leaking) - 0.3, Min(bounded, 2 * leaking));
        var newHidden = Softsign(newState + bounded);
        return (newHidden, newState);
    }
}

/// <param name="size">Hidden units.</param>
public sealed class KinkedFunctionsAttribute(int size) : RecurrentAttribute<KinkedFunctionsCell>(size);

/// <summary>
/// Equations whose derivatives are no numbers where everything is zero, as it is in the padding behind the last unit.
/// </summary>
public sealed class SingularCell : ICell
{
    public static Vector Step(Input x, Vector hidden, Gate spread, Gate shift, Gate candidate)
    {
        var left = spread[x, hidden];
        var right = shift[x, hidden];
        var upper = candidate[x, hidden];

        // 0 where all three are, as behind the last unit, and else nowhere near.
        var width = left * left + right * right + upper * upper;
        return Tanh(0.3 * Log(width)) * Tanh(left * upper / width);
    }
}

/// <param name="size">Hidden units.</param>
public sealed class SingularAttribute(int size) : RecurrentAttribute<SingularCell>(size);
