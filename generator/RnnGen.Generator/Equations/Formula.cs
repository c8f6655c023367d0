using RnnGen.Generator.Model;

namespace RnnGen.Generator.Equations;

/// <summary>A node of a graph with operators, so that rules can be written as formulas.</summary>
internal readonly record struct Formula(EquationGraph Graph, int Id)
{
    public static Formula operator +(Formula left, Formula right) => left.Apply(Operation.Add, right);

    public static Formula operator -(Formula left, Formula right) => left.Apply(Operation.Subtract, right);

    public static Formula operator *(Formula left, Formula right) => left.Apply(Operation.Multiply, right);

    public static Formula operator /(Formula left, Formula right) => left.Apply(Operation.Divide, right);

    public static Formula operator +(double left, Formula right) => right.Constant(left) + right;

    public static Formula operator -(double left, Formula right) => right.Constant(left) - right;

    public static Formula operator *(double left, Formula right) => right.Constant(left) * right;

    public static Formula operator /(double left, Formula right) => right.Constant(left) / right;

    public static Formula operator +(Formula left, double right) => left + left.Constant(right);

    public static Formula operator -(Formula left, double right) => left - left.Constant(right);

    public static Formula operator /(Formula left, double right) => left / left.Constant(right);

    public static Formula operator -(Formula value) => new(value.Graph, value.Graph.Apply(Operation.Negate, value.Id));

    /// <summary>A function of this value.</summary>
    public Formula To(string function) => new(Graph, Graph.Call(function, Id));

    /// <summary>A function of this value and a second one.</summary>
    public Formula To(string function, Formula second) => new(Graph, Graph.Call(function, Id, second.Id));

    /// <summary>A function of a number and this value, in this order.</summary>
    public Formula To(string function, double first) => Constant(first).To(function, this);

    /// <summary>Names the value, as a local variable of equations does.</summary>
    public Formula As(string name)
    {
        Graph.Name(Id, name);
        return this;
    }

    private Formula Constant(double value) => new(Graph, Graph.Constant(value));

    private Formula Apply(Operation operation, Formula right) => new(Graph, Graph.Apply(operation, Id, right.Id));
}
