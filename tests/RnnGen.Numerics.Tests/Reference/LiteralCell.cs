using System.Reflection;
using System.Runtime.CompilerServices;
using RnnGen.Cells;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>
/// One layer and direction of a recurrent layer, by calling the cell's own <c>Step</c>: its equations as they stand.
/// </summary>
internal sealed class LiteralCell
{
    private readonly MethodInfo _step;
    private readonly object[] _arguments;
    private readonly int _size;
    private readonly double[]? _projection;

    /// <param name="layer">The layer's attribute; the cell's options are its properties.</param>
    /// <param name="tensor">Gives a tensor by its name without the prefix, for instance <c>weight_ih</c>.</param>
    public LiteralCell(RecurrentAttribute layer, Func<string, double[]> tensor)
    {
        Type attribute = layer.GetType();
        while (!attribute.IsGenericType)
        {
            attribute = attribute.BaseType!;
        }

        _size = layer.Size;
        _projection = layer.Projection > 0 ? tensor("weight_hr") : null;
        _step = attribute.GenericTypeArguments[0].GetMethod("Step")!;
        ParameterInfo[] parameters = _step.GetParameters();
        StateNames =
        [
            .. parameters.Where(parameter => parameter.ParameterType == typeof(Vector))
                .Select(parameter => SnakeCase(parameter.Name!)),
        ];

        // Gates that the chosen options leave out are not in files; they come last.
        int width = _projection is null ? _size : layer.Projection;
        int gates = tensor("weight_hh").Length / (_size * width);
        double[] Biases(string name) => layer.Bias ? tensor(name) : new double[gates * _size];
        int gate = 0;
        _arguments = [.. parameters.Select(parameter =>
            parameter.ParameterType == typeof(Gate) && gate == gates ? null!
            : parameter.ParameterType == typeof(Gate) ? ReadGate(tensor, Biases, gate++, gates, IsNegated(parameter))
            : parameter.ParameterType == typeof(Weight) ? new Weight(tensor(SnakeCase(parameter.Name!)))
            : parameter.HasDefaultValue ? Option(layer, parameter.Name!)
            : null!)];
    }

    /// <summary>The names of the states, as parameters of the cell.</summary>
    public IReadOnlyList<string> StateNames { get; }

    /// <summary>Runs a sequence from given states, one row each.</summary>
    /// <returns>The hidden state after each step, and all states after the last.</returns>
    public (double[][] Hidden, double[][] Final) Run(double[][] inputs, double[][] initial)
    {
        double[][] hidden = new double[inputs.Length][];
        Vector[] states = [.. initial.Select(values => new Vector(values))];
        for (int step = 0; step < inputs.Length; step++)
        {
            _arguments[0] = new Input(inputs[step]);
            states.CopyTo(_arguments, 1);
            object result = _step.Invoke(null, _arguments)!;
            states = result is ITuple tuple
                ? [.. Enumerable.Range(0, tuple.Length).Select(i => (Vector)tuple[i]!)]
                : [(Vector)result];
            states[0] = Projected(states[0]);
            hidden[step] = states[0].Values;
        }

        return (hidden, [.. states.Select(state => state.Values)]);
    }

    // h = V·m, where there is a V.
    private Vector Projected(Vector result) => _projection is null
        ? result
        : new Vector([.. _projection.Chunk(_size).Select(
            row => row.Zip(result.Values, (weight, value) => weight * value).Sum())]);

    private static bool IsNegated(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<NegatedInFilesAttribute>() is not null;

    private static object Option(RecurrentAttribute layer, string name) =>
        layer.GetType().GetProperty(char.ToUpperInvariant(name[0]) + name[1..])!.GetValue(layer)!;

    // A file holds the gates one below the other. What is left of the two biases in a gate that has one is zeros.
    private Gate ReadGate(
        Func<string, double[]> tensor, Func<string, double[]> biases, int gate, int gates, bool isNegated)
    {
        double sign = isNegated ? -1 : 1;
        double[,] Matrix(double[] values)
        {
            int columns = values.Length / (gates * _size);
            var matrix = new double[_size, columns];
            for (int i = 0; i < _size * columns; i++)
            {
                matrix[i / columns, i % columns] = sign * values[(gate * _size * columns) + i];
            }

            return matrix;
        }

        double[] Bias(double[] values) => [.. values.Skip(gate * _size).Take(_size).Select(value => sign * value)];
        return new Gate(
            Matrix(tensor("weight_ih")), Matrix(tensor("weight_hh")), Bias(biases("bias_ih")), Bias(biases("bias_hh")));
    }

    internal static string SnakeCase(string name) => string.Concat(
        name.Select((letter, i) => (char.IsUpper(letter) && i > 0 ? "_" : "") + char.ToLowerInvariant(letter)));
}
