using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// What a layer computes from rows, number by number: y = f(x, …). The way back and the streaming step come from it, so
/// that a layer is written once.
/// </summary>
internal sealed class RowEquations
{
    private readonly List<int> _inputs = [];
    private int _result = -1;

    /// <summary>The equations.</summary>
    public EquationGraph Graph { get; } = new();

    public int Inputs => _inputs.Count;

    /// <summary>The place of the result among a program's values; its inputs come first.</summary>
    public int Result => Inputs;

    /// <summary>The place of the result's gradient.</summary>
    public int ResultGradient => Inputs + 1;

    /// <summary>The place of an input's gradient.</summary>
    public int InputGradient(int input) => Inputs + 2 + input;

    /// <summary>A number of the next input's row.</summary>
    public int Input(string name)
    {
        _inputs.Add(Graph.Leaf(Operation.State, _inputs.Count, name));
        return _inputs[_inputs.Count - 1];
    }

    /// <summary>Says what the result is.</summary>
    public void Yield(int node, string name)
    {
        Graph.Name(node, name);
        _result = node;
    }

    /// <summary>Inputs to result.</summary>
    public EquationProgram Forward()
    {
        var writer = new ProgramWriter(Graph, InputPlace, _ => default);
        writer.Store(Saved(Result), _result, "y");
        return writer.ToProgram();
    }

    /// <summary>The result's gradient to those of some inputs. The result itself is at hand, too.</summary>
    /// <param name="isWanted">Whether an input's gradient is asked for.</param>
    public EquationProgram Backward(Func<int, bool> isWanted)
    {
        int arriving = Graph.Leaf(Operation.Gradient, 0, Backpropagation.GradientName(Graph[_result].Name));
        Gradients gradients = Backpropagation.Differentiate(Graph, [(_result, arriving)], (_, _) => -1);
        var writer = new ProgramWriter(
            Graph, id => id == _result ? Saved(Result) : InputPlace(id), _ => (Saved(ResultGradient), null));
        for (int input = 0; input < Inputs; input++)
        {
            if (isWanted(input))
            {
                writer.Store(
                    Saved(InputGradient(input)), Graph.Sum(gradients.Addends(_inputs[input])),
                    Backpropagation.GradientName(Graph[_inputs[input]].Name));
            }
        }

        return writer.ToProgram();
    }

    private ValuePlace? InputPlace(int id) =>
        _inputs.IndexOf(id) is >= 0 and var input ? Saved(input) : null;

    private static ValuePlace Saved(int index) => new(ValueKind.Saved, index);
}
