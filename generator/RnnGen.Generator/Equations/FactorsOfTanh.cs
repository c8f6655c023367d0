using RnnGen.Generator.Model;

namespace RnnGen.Generator.Equations;

/// <summary>
/// Writes o ⊙ tanh(c) as one expression where tanh's value serves nothing else: tanh is a quotient, and a factor in its
/// numerator costs no multiplication that waits for the division. Only where the factor is known by the time that
/// tanh's argument is, and where no sum takes the product along in a multiply-add.
/// </summary>
internal sealed class FactorsOfTanh
{
    private readonly Dictionary<string, int> _uses = [];
    private readonly Dictionary<string, Expression> _arguments = [];
    private readonly Dictionary<string, int> _depths = [];
    private readonly HashSet<string> _moved = [];

    private FactorsOfTanh()
    {
    }

    /// <summary>The program's statements, in order.</summary>
    /// <param name="isWanted">Whether a value has to be written.</param>
    public static IEnumerable<Statement> In(EquationProgram program, Func<Store, bool> isWanted)
    {
        var factors = new FactorsOfTanh();
        foreach (Store store in program.Stores.Where(isWanted))
        {
            factors.Use(store.Name);
        }

        foreach (Statement statement in program.Statements)
        {
            factors.CountUses(statement.Value);
        }

        Statement[] statements = [.. program.Statements.Select(factors.Rewrite)];
        return statements.Where(statement => !factors._moved.Contains(statement.Name));
    }

    private void CountUses(Expression? expression)
    {
        if (expression is { Operation: null })
        {
            Use(expression.Name);
        }
        else if (expression is not null)
        {
            CountUses(expression.Left);
            CountUses(expression.Right);
        }
    }

    private void Use(string name) => _uses[name] = _uses.TryGetValue(name, out int uses) ? uses + 1 : 1;

    private Statement Rewrite(Statement statement)
    {
        Expression value = Rewrite(statement.Value, inSum: false);
        _depths[statement.Name] = Depth(value);
        if (value.Operation == Operation.Tanh && _uses.TryGetValue(statement.Name, out int uses) && uses == 1)
        {
            _arguments[statement.Name] = value.Left!;
        }

        return statement with { Value = value };
    }

    private Expression Rewrite(Expression expression, bool inSum)
    {
        if (expression.Operation is null or Operation.Constant)
        {
            return expression;
        }

        bool isSum = expression.Operation is Operation.Add or Operation.Subtract;
        Expression left = Rewrite(expression.Left!, isSum);
        Expression? right = expression.Right is null ? null : Rewrite(expression.Right, isSum);
        return expression.Operation == Operation.Multiply && !inSum
            ? Product(left, right!) ?? Product(right!, left) ?? expression with { Left = left, Right = right }
            : expression with { Left = left, Right = right };
    }

    private Expression? Product(Expression factor, Expression tanh)
    {
        if (tanh.Operation is not null || !_arguments.TryGetValue(tanh.Name, out Expression? argument)
            || Depth(factor) > Depth(argument))
        {
            return null;
        }

        _moved.Add(tanh.Name);
        return new Expression(
            Operation.Multiply, factor, new Expression(Operation.Tanh, argument, null, 0, ""), 0, "");
    }

    // How many functions and divisions one after the other lead to a value: they are what takes time.
    private int Depth(Expression? expression)
    {
        if (expression is null)
        {
            return 0;
        }

        int own = expression.Operation is Operation.Sigmoid or Operation.Tanh or Operation.Divide ? 1 : 0;
        return expression.Operation is null
            ? _depths.TryGetValue(expression.Name, out int depth) ? depth : 0
            : own + Math.Max(Depth(expression.Left), Depth(expression.Right));
    }
}
