namespace RnnGen.Cells;

/// <summary>A vector of hidden units (or of inputs) in a cell's equations; all arithmetic is element by
/// element.</summary>
/// <param name="values">One value per unit, <c>[H]</c>.</param>
public class Vector(params double[] values)
{
    /// <summary>The values, one per unit, <c>[H]</c>.</summary>
    public double[] Values { get; } = values ?? throw new ArgumentNullException(nameof(values));

    /// <summary>A number that is the same for every unit.</summary>
    public static implicit operator Vector(double value) => new(value);

    /// <summary>The values of the units, <c>[H]</c>.</summary>
    public static implicit operator Vector(double[] values) => new(values);

    /// <summary>Element by element sum.</summary>
    public static Vector operator +(Vector left, Vector right) => Combine(left, right, (a, b) => a + b);

    /// <summary>Element by element difference.</summary>
    public static Vector operator -(Vector left, Vector right) => Combine(left, right, (a, b) => a - b);

    /// <summary>Element by element product, ⊙ in the literature.</summary>
    public static Vector operator *(Vector left, Vector right) => Combine(left, right, (a, b) => a * b);

    /// <summary>Element by element quotient.</summary>
    public static Vector operator /(Vector left, Vector right) => Combine(left, right, (a, b) => a / b);

    /// <summary>Element by element negation.</summary>
    public static Vector operator -(Vector vector) => vector.Map(a => -a);

    internal Vector Map(Func<double, double> function) => new(Array.ConvertAll(Values, value => function(value)));

    // A single value is a constant of the equations: it stands for as many units as the other side has.
    internal static Vector Combine(Vector left, Vector right, Func<double, double, double> function)
    {
        int count = Math.Max(left.Values.Length, right.Values.Length);
        if ((left.Values.Length != count && left.Values.Length != 1)
            || (right.Values.Length != count && right.Values.Length != 1))
        {
            throw new ArgumentException(
                $"Vectors of {left.Values.Length} and {right.Values.Length} units cannot be combined: "
                + "lengths must be equal.",
                nameof(right));
        }

        var result = new double[count];
        for (int i = 0; i < count; i++)
        {
            result[i] = function(left.At(i), right.At(i));
        }

        return new Vector(result);
    }

    private double At(int unit) => Values.Length == 1 ? Values[0] : Values[unit];
}
