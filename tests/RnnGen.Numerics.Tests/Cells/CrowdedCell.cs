using RnnGen.Cells;
using static RnnGen.Cells.Functions;

namespace RnnGen.Numerics.Tests.Cells;

/// <summary>
/// A cell whose values are named like the variables of emitted code and like words of C#, with two stages of products
/// and a gate that only one of its options applies. What it computes makes no sense, but is smooth.
/// </summary>
public sealed class CrowdedCell : ICell
{
    public static (Vector Rows, Vector State) Step(
        Input x, Vector rows, Vector state, Gate gate, Gate @out, Gate weights, Gate pass, Weight unit, Weight gates,
        bool passes = false)
    {
        var i = Sigmoid(gate[x, rows]);
        var k = Tanh(weights[x, rows] + unit * state);
        var operand = i * rows;
        var value = Sigmoid(@out[x, operand] + gates * state);
        var V = passes ? k * Tanh(pass[x, rows]) : k;
        var @class = Tanh(value * V);
        var stateBefore = Sigmoid(state);
        var source = i * stateBefore;
        var stepWeights = source * @class + (1 - i) * state;
        var parameters = value * Tanh(stepWeights);
        return (parameters, stepWeights);
    }
}

/// <param name="size">Hidden units.</param>
public sealed class CrowdedAttribute(int size) : RecurrentAttribute<CrowdedCell>(size)
{
    public bool Passes { get; set; }

    /// <summary>Free text, which has no meaning: it is shown in the generated table.</summary>
    public string Remark { get; set; } = "";
}
