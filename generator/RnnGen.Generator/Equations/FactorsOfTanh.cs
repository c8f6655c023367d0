using RnnGen.Generator.Model;

namespace RnnGen.Generator.Equations;

/// <summary>
/// Writes o ⊙ tanh(c) as one operation where tanh's value serves nothing else: tanh is a quotient, and a factor in its
/// numerator costs no multiplication that waits for the division. Only where the factor is known by the time that
/// tanh's argument is, where no sum takes the product along in a multiply-add, and where the factor has a known
/// limit: a numerator is hundreds of times as large as its result, and must not overflow.
/// </summary>
internal sealed class FactorsOfTanh
{
    // Of a factor that is moved; numerators, hundreds of times as large, stay far below the largest number.
    private const double MostMagnitude = 1e6;

    private readonly Dictionary<string, int> _uses = [];
    private readonly Dictionary<string, Expression> _arguments = [];
    private readonly Dictionary<string, int> _depths = [];
    private readonly Dictionary<string, double> _magnitudes = [];
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
        Expression value = Rewrite(statement.Value, isAdded: false);
        _depths[statement.Name] = Depth(value);
        _magnitudes[statement.Name] = Magnitude(value);
        if (value.Calls(FunctionTable.Tanh) && _uses.TryGetValue(statement.Name, out int uses) && uses == 1)
        {
            _arguments[statement.Name] = value.Left!;
        }

        return statement with { Value = value };
    }

    // isAdded: a sum takes it along in a multiply-add if it is a product.
    private Expression Rewrite(Expression expression, bool isAdded)
    {
        if (expression.Operation is null or Operation.Constant)
        {
            return expression;
        }

        bool isLeftAdded = expression is { Operation: Operation.Add, Left.Operation: Operation.Multiply };
        bool isRightAdded = expression.Operation is Operation.Add or Operation.Subtract && !isLeftAdded;
        Expression left = Rewrite(expression.Left!, isLeftAdded);
        Expression? right = expression.Right is null ? null : Rewrite(expression.Right, isRightAdded);
        return expression.Operation == Operation.Multiply && !isAdded
            ? Product(left, right!) ?? Product(right!, left) ?? expression with { Left = left, Right = right }
            : expression with { Left = left, Right = right };
    }

    private Expression? Product(Expression factor, Expression tanh)
    {
        if (tanh.Operation is not null || !_arguments.TryGetValue(tanh.Name, out Expression? argument)
            || Depth(factor) > Depth(argument) || !(Magnitude(factor) <= MostMagnitude))
        {
            return null;
        }

        _moved.Add(tanh.Name);
        return Expression.Call(FunctionTable.TanhTimes, factor, argument);
    }

    // How many functions and divisions one after the other lead to a value: they are what takes time.
    private int Depth(Expression? expression)
    {
        if (expression is null)
        {
            return 0;
        }

        if (expression.Operation is null)
        {
            return _depths.TryGetValue(expression.Name, out int depth) ? depth : 0;
        }

        Function? function = expression.Operation == Operation.Call ? FunctionTable.Of(expression.Name) : null;
        if (function?.Definition is not null)
        {
            return Depth(function.Define(expression.Left!, expression.Right));
        }

        int own = expression.Operation == Operation.Divide || function is { IsInstruction: false } ? 1 : 0;
        return own + Math.Max(Depth(expression.Left), Depth(expression.Right));
    }

    // The most that a value can be, of either sign; infinity where it is not known.
    private double Magnitude(Expression expression) => expression.Operation switch
    {
        null => _magnitudes.TryGetValue(expression.Name, out double known) ? known : double.PositiveInfinity,
        Operation.Constant => Math.Abs(expression.Value),
        Operation.Call => MagnitudeOfCall(expression, FunctionTable.Of(expression.Name)),
        Operation.Negate => Magnitude(expression.Left!),
        Operation.Add or Operation.Subtract => Magnitude(expression.Left!) + Magnitude(expression.Right!),
        Operation.Multiply => Magnitude(expression.Left!) * Magnitude(expression.Right!),
        _ => double.PositiveInfinity,
    };

    private double MagnitudeOfCall(Expression call, Function function) =>
        function.Bound is { } bound
            ? bound([Magnitude(call.Left!), call.Right is null ? 0 : Magnitude(call.Right)])
        : function.Definition is not null ? Magnitude(function.Define(call.Left!, call.Right))
        : double.PositiveInfinity;
}
