using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// What a layer computes from rows: y = f(x, …), number by number, with learned vectors and means over a row. The way
/// back and the streaming step come from it, so that a layer is written once.
/// </summary>
internal sealed class RowEquations
{
    private readonly List<int> _inputs = [];
    private readonly List<int> _weights = [];
    private readonly List<int> _means = [];
    private int _result = -1;

    /// <summary>The equations.</summary>
    public EquationGraph Graph { get; } = new();

    public int Inputs => _inputs.Count;

    public int Weights => _weights.Count;

    /// <summary>The names of the means, in the order in which they were asked for.</summary>
    public IEnumerable<string> Means => _means.Select(mean => Graph[mean].Name);

    /// <summary>Whether each number stands for itself: rows can be taken as one.</summary>
    public bool IsPointwise => Weights == 0 && _means.Count == 0;

    /// <summary>The place of the result among a program's values; its inputs come first.</summary>
    public int Result => Inputs;

    /// <summary>The place of the result's gradient.</summary>
    public int ResultGradient => Inputs + 1;

    /// <summary>The place of an input's gradient.</summary>
    public int InputGradient(int input) => Inputs + 2 + input;

    /// <summary>The place of what a learned vector's gradient receives from a row.</summary>
    public int WeightGradient(int weight) => InputGradient(Inputs) + weight;

    /// <summary>A number of the next input's row.</summary>
    public Formula Input(string name)
    {
        _inputs.Add(Graph.Leaf(Operation.State, _inputs.Count, name));
        return new Formula(Graph, _inputs[_inputs.Count - 1]);
    }

    /// <summary>A number of the next learned vector.</summary>
    public Formula Weight(string name)
    {
        _weights.Add(Graph.Leaf(Operation.Weight, _weights.Count, name));
        return new Formula(Graph, _weights[_weights.Count - 1]);
    }

    /// <summary>The mean of a value over the units of a row, in every unit.</summary>
    public Formula Mean(Formula value, string name)
    {
        int mean = Graph.Apply(Operation.Mean, value.Id);
        Graph.Name(mean, name);
        if (Graph[mean].Operation == Operation.Mean && !_means.Contains(mean))
        {
            _means.Add(mean);
        }

        return new Formula(Graph, mean);
    }

    /// <summary>Says what the result is.</summary>
    public void Yield(Formula value, string name)
    {
        Graph.Name(value.Id, name);
        _result = value.Id;
    }

    /// <summary>Inputs to result, of equations that are pointwise.</summary>
    public EquationProgram Forward()
    {
        var writer = new ProgramWriter(Graph, InputPlace, _ => default);
        writer.Store(Saved(Result), _result, "y");
        return writer.ToProgram();
    }

    /// <summary>Inputs to result.</summary>
    /// <param name="keepsMeans">Whether the backward pass will read the means.</param>
    public RowProgram ForwardOfRows(bool keepsMeans)
    {
        var writer = new RowProgramWriter(Graph, InputPlace, default);
        writer.Store(Saved(Result), _result, "y");
        for (int mean = 0; keepsMeans && mean < _means.Count; mean++)
        {
            writer.Store(new ValuePlace(ValueKind.Kept, mean), _means[mean], Graph[_means[mean]].Name);
        }

        return writer.ToProgram();
    }

    /// <summary>
    /// The result's gradient to those of some inputs, of equations that are pointwise. The result itself is at hand,
    /// too.
    /// </summary>
    /// <param name="isWanted">Whether an input's gradient is asked for.</param>
    public EquationProgram Backward(Func<int, bool> isWanted)
    {
        Gradients gradients = Differentiate();
        var writer = new ProgramWriter(Graph, PlaceInBackward, _ => (Saved(ResultGradient), null));
        foreach (int input in Enumerable.Range(0, Inputs).Where(isWanted))
        {
            (int gradient, string name) = GradientOf(_inputs[input], gradients);
            writer.Store(Saved(InputGradient(input)), gradient, name);
        }

        return writer.ToProgram();
    }

    /// <summary>
    /// The result's gradient to those of some inputs, and to what the learned vectors' receive from each row. The
    /// result itself and the means are at hand, too.
    /// </summary>
    /// <param name="isWanted">Whether an input's gradient is asked for.</param>
    /// <param name="sumsResultGradient">
    /// For each learned vector whether its gradient receives the result's gradient as it is: nothing is stored then.
    /// </param>
    public RowProgram BackwardOfRows(Func<int, bool> isWanted, out bool[] sumsResultGradient)
    {
        Gradients gradients = Differentiate();
        var writer = new RowProgramWriter(
            Graph,
            id => _means.IndexOf(id) is >= 0 and var mean ? new ValuePlace(ValueKind.Kept, mean) : PlaceInBackward(id),
            Saved(ResultGradient));
        sumsResultGradient = new bool[Weights];
        for (int weight = 0; weight < Weights; weight++)
        {
            (int gradient, string name) = GradientOf(_weights[weight], gradients);
            sumsResultGradient[weight] = Graph[gradient].Operation == Operation.Gradient;
            if (!sumsResultGradient[weight])
            {
                writer.Store(Saved(WeightGradient(weight)), gradient, name);
            }
        }

        foreach (int input in Enumerable.Range(0, Inputs).Where(isWanted))
        {
            (int gradient, string name) = GradientOf(_inputs[input], gradients);
            writer.Store(Saved(InputGradient(input)), gradient, name);
        }

        return writer.ToProgram();
    }

    private Gradients Differentiate()
    {
        int arriving = Graph.Leaf(Operation.Gradient, 0, Backpropagation.GradientName(Graph[_result].Name));
        return Backpropagation.Differentiate(Graph, [(_result, arriving)], (_, _) => -1);
    }

    private (int Gradient, string Name) GradientOf(int leaf, Gradients gradients) =>
        (Graph.Sum(gradients.Addends(leaf)), Backpropagation.GradientName(Graph[leaf].Name));

    private ValuePlace? PlaceInBackward(int id) => id == _result ? Saved(Result) : InputPlace(id);

    private ValuePlace? InputPlace(int id) =>
        _inputs.IndexOf(id) is >= 0 and var input ? Saved(input)
        : _weights.IndexOf(id) is >= 0 and var weight ? new ValuePlace(ValueKind.Weight, weight)
        : null;

    private static ValuePlace Saved(int index) => new(ValueKind.Saved, index);
}
